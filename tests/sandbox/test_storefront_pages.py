"""The pages of flows B and C: the storefront, the item, the last piece."""

import uuid
from typing import Any

import httpx
import pytest

from tests.sandbox.receiver import Receiver
from tests.sandbox.shop import Shop
from tests.sandbox.visitor import ADDRESS, Visitor

NAVY = {"product": "t-shirt", "colour": "navy", "size": "l", "quantity": "1"}
PLACED = {"attrs": {"x": 10, "y": 0, "scaleX": 0.5, "scaleY": 0.5, "rotation": 45}}


def at_creator(shop: Shop, creator_id: str) -> Visitor:
    return Visitor(shop.opened(imageUrl=None, creatorId=creator_id))


def at_item(shop: Shop, merch: dict[str, Any], **cart: Any) -> Visitor:
    return Visitor(shop.opened(imageUrl=None, merchId=merch["id"], **cart))


def order(visitor: Visitor, merch: dict[str, Any], **changes: str) -> httpx.Response:
    choice = {**NAVY, "merch": merch["id"], **changes}
    visitor.look("/checkout", **choice)
    return visitor.post(f"{visitor.opened.url}/checkout", **choice, **ADDRESS)


def change(shop: Shop, merch: dict[str, Any], **fields: Any) -> None:
    path = f"/creators/{merch['creatorId']}/merch/{merch['id']}"
    assert shop.call("PUT", path, fields).status_code == 200


def test_storefront_shows_the_merch_on_sale(shop: Shop) -> None:
    creator = shop.creator(name="Ines Dune", description="Paints dunes.")
    shop.merch(creator["id"], title="Endless tee")
    shop.merch(creator["id"], title="Rare tee", stockLimit=7)
    hidden = shop.merch(creator["id"], title="Secret tee")
    change(shop, hidden, isActive=False)
    stranger = shop.merch(title="Stranger's tee")
    page = at_creator(shop, creator["id"]).look()
    assert page.status_code == 200
    for shown in ("Ines Dune", "Paints dunes.", "Endless tee", "Rare tee", "7 of 7 left"):
        assert shown in page.text
    for other in ("Secret tee", stranger["id"]):
        assert other not in page.text
    assert page.text.count("https://example.com/dune.png") == 2
    assert "$19.99" in page.text


def test_empty_storefront_shows_a_message(shop: Shop) -> None:
    page = at_creator(shop, shop.creator()["id"]).look()
    assert page.status_code == 200
    assert "nothing for sale right now" in page.text


def test_item_of_a_storefront_is_bought_and_counted(shop: Shop, receiver: Receiver) -> None:
    merch = shop.merch(stockLimit=5)
    visitor = at_creator(shop, merch["creatorId"])
    page = visitor.look(merch=merch["id"]).text
    assert "Dune tee" in page
    assert "5 of 5 left" in page
    response = order(visitor, merch, quantity="2")
    assert response.status_code == 303
    created = receiver.wait_for(visitor.opened.id, 1)[0].json["data"]
    assert created["creator"]["id"] == merch["creatorId"]
    assert created["totalAmount"] == 46.67  # 2 x 19.99 + 5.19 + 1.50
    assert "3 of 5 left" in at_item(shop, merch).look().text


def test_item_offers_only_its_own_variants(shop: Shop) -> None:
    page = at_item(shop, shop.merch()).look().text
    assert 'value="white"' in page
    assert 'value="navy"' in page
    assert 'value="coral"' not in page
    assert 'value="xl"' not in page


def test_cart_of_flow_c_has_the_partners_variant_and_quantity(shop: Shop) -> None:
    visitor = at_item(shop, shop.merch(), variantId="t-shirt-navy-l", quantity=3)
    page = visitor.look().text
    assert "$59.97" in page
    checkout = visitor.look("/checkout").text
    assert "Navy / L" in checkout
    assert 'name="quantity" value="3"' in checkout


def test_size_that_a_colour_does_not_have_falls_back_to_another(shop: Shop) -> None:
    visitor = at_item(shop, shop.merch())
    assert "Navy / L" in visitor.look("/checkout", colour="navy", size="m").text
    response = order(visitor, shop.merch(), size="m")
    assert response.headers["location"].endswith(f"/en/print/{visitor.opened.token}")


def test_placement_of_a_design_is_shown_and_visitors_cannot_change_it(shop: Shop) -> None:
    created = shop.created_merch()
    path = f"/merch-editor/by-token/{created['editSession']['token']}/save"
    shop.call("POST", path, {"konvaMetadata": PLACED})
    visitor = at_item(shop, created["merch"])
    page = visitor.look(x="50", nudge="left").text
    assert "rotate(45) scale(0.5)" in page
    assert 'x="60%"' in page
    assert 'name="nudge"' not in page
    paying = order(visitor, created["merch"], x="50")
    assert "rotate(45) scale(0.5)" in visitor.http.get(paying.headers["location"]).text


def test_sold_out_item_is_shown_but_cannot_be_bought(shop: Shop) -> None:
    merch = shop.merch(stockLimit=1)
    late = at_creator(shop, merch["creatorId"])
    order(at_item(shop, merch), merch)
    assert "Sold out" in late.look().text
    page = late.look(merch=merch["id"])
    assert page.status_code == 200
    assert "Sold out" in page.text
    assert "Continue to checkout" not in page.text


def test_visitor_too_late_for_the_last_piece_sees_sold_out(shop: Shop) -> None:
    merch = shop.merch(stockLimit=1)
    slow = at_item(shop, merch)
    slow.look("/checkout", **NAVY)
    assert order(at_item(shop, merch), merch).status_code == 303
    response = order(slow, merch)
    assert response.status_code == 409
    assert "Sold out" in response.text
    assert "Nothing was ordered" in response.text
    assert slow.look().status_code == 200


def test_visitor_who_orders_more_than_remains_may_order_the_rest(shop: Shop) -> None:
    merch = shop.merch(stockLimit=3)
    visitor = at_item(shop, merch)
    order(at_item(shop, merch), merch, quantity="2")
    response = order(visitor, merch, quantity="2")
    assert response.status_code == 409
    assert "Only 1 left" in response.text
    assert "quantity=1" in response.text
    checkout = visitor.look("/checkout", **NAVY).text
    assert f'value="{ADDRESS["city"]}"' in checkout
    assert order(visitor, merch).status_code == 303


def test_archived_item_is_no_longer_for_sale(shop: Shop) -> None:
    merch = shop.merch()
    visitor, browser = at_item(shop, merch), at_creator(shop, merch["creatorId"])
    change(shop, merch, status="archived")
    page = visitor.look()
    assert page.status_code == 410
    assert "no longer for sale" in page.text
    assert "error_code=unavailable" in page.text
    assert browser.look(merch=merch["id"]).status_code == 410
    assert "See what else there is" in browser.look(merch=merch["id"]).text


def test_link_to_a_deleted_item_shows_the_reason(shop: Shop) -> None:
    merch = shop.merch()
    visitor = at_item(shop, merch)
    shop.call("DELETE", f"/creators/{merch['creatorId']}/merch/{merch['id']}")
    page = visitor.look()
    assert page.status_code == 410
    assert "no longer for sale" in page.text


@pytest.mark.parametrize("merch_id", ["", "x", "\0", str(uuid.uuid4())])
def test_item_of_no_storefront_is_not_for_sale(shop: Shop, merch_id: str) -> None:
    page = at_creator(shop, shop.creator()["id"]).look(merch=merch_id)
    assert page.status_code == 410


def test_item_of_another_creator_is_not_for_sale(shop: Shop) -> None:
    stranger = shop.merch()
    visitor = at_creator(shop, shop.creator()["id"])
    assert visitor.look(merch=stranger["id"]).status_code == 410
    visitor.look()
    fields = {**NAVY, "merch": stranger["id"], **ADDRESS}
    assert visitor.post(f"{visitor.opened.url}/checkout", **fields).status_code == 303
    assert shop.status(visitor.opened) == "active"


def test_checkout_without_an_item_redirects_to_the_storefront(shop: Shop) -> None:
    visitor = at_creator(shop, shop.creator()["id"])
    response = visitor.look("/checkout")
    assert response.status_code == 303
    assert response.headers["location"].endswith(f"/en/print/{visitor.opened.token}")


def test_console_shows_sessions_of_every_flow_and_the_stock(shop: Shop) -> None:
    merch = shop.merch(title="Console tee", stockLimit=9)
    visitor = at_item(shop, merch, variantId="t-shirt-navy-l", quantity=2)
    sessions = shop.http.get("/console/sessions/").text
    card = next(card for card in sessions.split("<article") if visitor.opened.id in card)
    assert "2 × Console tee" in card
    assert "t-shirt-navy-l" in card
    page = shop.http.get("/console/merch/").text
    item = next(card for card in page.split("<article") if merch["id"] in card)
    assert "9 of 9 left" in item
    assert "0 of 9" in item
