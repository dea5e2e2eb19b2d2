"""Flows B and C of "Create Session": a creator's storefront, and one of its items."""

import uuid
from typing import Any

import httpx
import pytest

from tests.sandbox.shop import MERCH_FIELDS, TEE, Shop, error_of


def _open(shop: Shop, **fields: Any) -> httpx.Response:
    return shop.create(imageUrl=None, **fields)


def test_session_for_a_creator_has_the_documented_fields(shop: Shop) -> None:
    creator = shop.creator()
    response = _open(shop, creatorId=creator["id"])
    assert response.status_code == 201
    data = response.json()["data"]
    assert set(data) == {
        "sessionId",
        "redirectUrl",
        "imageUrl",
        "sessionMode",
        "creatorId",
        "createdAt",
    }
    assert (data["sessionMode"], data["creatorId"]) == ("creator", creator["id"])
    assert data["imageUrl"] is None


def test_session_for_an_item_has_the_item_and_the_cart(shop: Shop) -> None:
    merch = shop.merch()
    response = _open(shop, merchId=merch["id"], variantId="t-shirt-navy-l", quantity=3)
    data = response.json()["data"]
    assert (data["sessionMode"], data["creatorId"]) == ("merch", merch["creatorId"])
    assert data["imageUrl"] == TEE["designImageUrl"]
    assert data["merch"] == merch
    assert set(data["merch"]) == MERCH_FIELDS
    assert data["cartItems"] == [
        {
            "merchId": merch["id"],
            "productId": "t-shirt",
            "variantId": "t-shirt-navy-l",
            "quantity": 3,
            "price": 19.99,
        }
    ]


def test_cart_is_empty_until_a_variant_is_named(shop: Shop) -> None:
    assert _open(shop, merchId=shop.merch()["id"]).json()["data"]["cartItems"] == []


def test_session_read_later_still_has_its_item(shop: Shop) -> None:
    merch = shop.merch()
    opened = shop.opened(imageUrl=None, merchId=merch["id"], variantId="t-shirt-navy-l")
    data = shop.get(f"/partner-session/{opened.id}").json()["data"]
    assert (data["sessionMode"], data["status"]) == ("merch", "pending")
    assert data["merch"]["id"] == merch["id"]
    assert data["cartItems"][0]["quantity"] == 1


@pytest.mark.parametrize("mode", ["creatorId", "merchId"])
def test_another_partners_creator_or_item_is_forbidden(shop: Shop, rival: Shop, mode: str) -> None:
    merch = shop.merch()
    object_id = merch["id"] if mode == "merchId" else merch["creatorId"]
    error_of(_open(rival, **{mode: object_id}), 403, "FORBIDDEN")


@pytest.mark.parametrize(("mode", "name"), [("creatorId", "Creator"), ("merchId", "Merch")])
@pytest.mark.parametrize("object_id", [str(uuid.uuid4()), "nobody"])
def test_unknown_creator_or_item_is_not_found(
    shop: Shop, mode: str, name: str, object_id: str
) -> None:
    error = error_of(_open(shop, **{mode: object_id}), 404, "NOT_FOUND")
    assert error["message"] == f"{name} not found"


def test_variant_of_another_item_is_refused(shop: Shop) -> None:
    response = _open(shop, merchId=shop.merch()["id"], variantId="t-shirt-coral-s")
    error = error_of(response, 400, "VALIDATION_ERROR")
    assert error["message"] == "Variant does not belong to this merch"
    assert error["details"][0]["field"] == "variantId"


def test_more_than_what_remains_is_refused(shop: Shop) -> None:
    response = _open(shop, merchId=shop.merch(stockLimit=2)["id"], quantity=3)
    assert error_of(response, 400, "VALIDATION_ERROR")["message"] == "Only 2 units remaining"


def test_sold_out_item_is_refused(shop: Shop) -> None:
    response = _open(shop, merchId=shop.merch(stockLimit=0)["id"])
    assert error_of(response, 400, "VALIDATION_ERROR")["message"] == "Merch is sold out"


@pytest.mark.parametrize("changes", [{"status": "archived"}, {"isActive": False}])
def test_item_that_is_not_on_sale_is_refused(shop: Shop, changes: dict[str, Any]) -> None:
    merch = shop.merch()
    shop.call("PUT", f"/creators/{merch['creatorId']}/merch/{merch['id']}", changes)
    assert (
        "not available"
        in error_of(_open(shop, merchId=merch["id"]), 400, "VALIDATION_ERROR")["message"]
    )


def test_suspended_creator_is_refused_with_every_item(shop: Shop) -> None:
    merch = shop.merch()
    shop.call("PUT", f"/creators/{merch['creatorId']}/status", {"status": "suspended"})
    error_of(_open(shop, creatorId=merch["creatorId"]), 400, "VALIDATION_ERROR")
    error_of(_open(shop, merchId=merch["id"]), 400, "VALIDATION_ERROR")


@pytest.mark.parametrize("quantity", [0, 101, 1.5, "2", True, 10**30])
def test_impossible_quantity_is_refused(shop: Shop, quantity: Any) -> None:
    response = _open(shop, merchId=shop.merch()["id"], quantity=quantity)
    assert error_of(response, 400, "VALIDATION_ERROR")["details"][0]["field"] == "quantity"


def test_repeated_key_finds_its_session_after_the_item_sold_out(shop: Shop) -> None:
    merch = shop.merch(stockLimit=1)
    key = str(uuid.uuid4())
    first = shop.create(key, imageUrl=None, merchId=merch["id"])
    shop.call("PUT", f"/creators/{merch['creatorId']}/merch/{merch['id']}", {"stockLimit": 0})
    again = shop.create(key, imageUrl=None, merchId=merch["id"])
    assert (first.status_code, again.status_code) == (201, 409)
    assert again.json()["data"]["sessionId"] == first.json()["data"]["sessionId"]
