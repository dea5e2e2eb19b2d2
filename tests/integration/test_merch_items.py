"""Merch: made with an editor's link, read, changed, deleted."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from printora_integration.exceptions import ArgumentError
from printora_integration.merch import MerchClient
from tests.integration.printora import Printora, merch_client_for, refuse_all

MERCH = {
    "id": "m1",
    "creatorId": "c1",
    "title": "Dune tee",
    "status": "active",
    "isActive": True,
    "stockLimit": 10,
    "stockSold": 4,
    "stockRemaining": 6,
    "isLimitedEdition": True,
    "hasDesign": False,
    "konvaMetadata": {"scale": 0.5},
    "product": {"id": "p1", "name": "Tee"},
    "variants": [{"id": "v1", "colorCode": "ffffff", "endPrice": 20}],
}
EDIT = {
    "sessionId": "e1",
    "token": "tok_1",
    "editorUrl": "https://printora.ai/en/merch/tok_1",
    "expiresAt": "2026-02-28T01:02:03Z",
}
NEW: dict[str, Any] = {"title": "Dune tee", "product_id": "p1", "variant_ids": ["v1"]}
Call = Callable[[MerchClient], Any]


@pytest.mark.parametrize(
    "response",
    [
        {"success": True, "merch": MERCH, "editSession": EDIT},
        {"success": True, "merch": MERCH | {"editSession": EDIT}},
        {"data": {"merch": MERCH, "edit_session": EDIT}},
    ],
)
def test_item_is_created_with_a_link_to_its_editor(response: dict[str, Any]) -> None:
    printora = Printora(response, status=201)
    created = merch_client_for(printora).merch.create("c1", **NEW, stock_limit=10)
    assert printora.calls == ["POST /creators/c1/merch"]
    assert printora.bodies == [
        {"title": "Dune tee", "productId": "p1", "variantIds": ["v1"], "stockLimit": 10}
    ]
    assert created.merch.id == "m1"
    assert created.edit_session is not None
    assert created.edit_session.editor_url == EDIT["editorUrl"]
    assert created.edit_session.expires_at == datetime(2026, 2, 28, 1, 2, 3, tzinfo=UTC)
    assert "tok_1" not in repr(created)


def test_item_is_typed() -> None:
    printora = Printora({"success": True, "merch": MERCH})
    item = merch_client_for(printora).merch.get("c1", "m1")
    assert printora.calls == ["GET /creators/c1/merch/m1"]
    assert (item.stock_limit, item.stock_sold, item.stock_remaining) == (10, 4, 6)
    assert (item.is_limited_edition, item.has_design) == (True, False)
    assert item.konva_metadata == {"scale": 0.5}
    assert item.product is not None
    assert item.product.name == "Tee"
    assert item.variants is not None
    assert item.variants[0].color_code == "#FFFFFF"
    assert item.variants[0].end_price == Decimal(20)


def test_items_of_a_creator_are_paged() -> None:
    printora = Printora({"success": True, "merch": [MERCH], "pagination": {"total": 1}})
    client = merch_client_for(printora)
    assert client.merch.list("c1", limit=5).merch[0].title == "Dune tee"
    assert [item.id for item in client.merch.iterate("c1")] == ["m1"]
    assert printora.calls == [
        "GET /creators/c1/merch?limit=5&offset=0",
        "GET /creators/c1/merch?limit=100&offset=0",
    ]


def test_update_sends_what_is_given_and_null_for_no_limit() -> None:
    printora = Printora({"merch": MERCH})
    merch_client_for(printora).merch.update(
        "c1",
        "m1",
        variant_ids=("v1", "v2"),
        stock_limit=None,
        status="archived",
        is_active=False,
        sort_order=0,
    )
    assert printora.calls == ["PUT /creators/c1/merch/m1"]
    assert printora.bodies == [
        {
            "variantIds": ["v1", "v2"],
            "stockLimit": None,
            "status": "archived",
            "isActive": False,
            "sortOrder": 0,
        }
    ]


def test_item_is_deleted() -> None:
    printora = Printora({"success": True})
    merch_client_for(printora).merch.delete("c1", "m1")
    assert printora.calls == ["DELETE /creators/c1/merch/m1"]


@pytest.mark.parametrize("response", [{"success": True, "editSession": EDIT}, {"data": EDIT}])
def test_fresh_link_to_the_editor_is_made(response: dict[str, Any]) -> None:
    printora = Printora(response, status=201)
    assert merch_client_for(printora).merch.new_edit_session("c1", "m1").session_id == "e1"
    assert printora.calls == ["POST /creators/c1/merch/m1/edit-session"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda client: client.merch.create("c1", **(NEW | {"title": ""})), "^title"),
        (lambda client: client.merch.create("c1", **(NEW | {"product_id": ""})), "^product_id"),
        (lambda client: client.merch.create("c1", **(NEW | {"variant_ids": []})), "^variant_ids"),
        (lambda client: client.merch.create("c1", **(NEW | {"variant_ids": "v1"})), "^variant_ids"),
        (lambda client: client.merch.create("c1", **NEW, stock_limit=-1), "^stock_limit"),
        (
            lambda client: client.merch.create("c1", **NEW, design_image_url="x.png"),
            "^design_image_url",
        ),
        (lambda client: client.merch.update("c1", "m1"), "at least one field"),
        (lambda client: client.merch.update("c1", "m1", status="lost"), "^status"),
        (lambda client: client.merch.update("c1", "m1", variant_ids=[]), "^variant_ids"),
        (lambda client: client.merch.list("c1", limit=0), "^limit"),
        (lambda client: client.merch.delete("c1", ".."), "^merch_id"),
        (lambda client: client.merch.delete("", "m1"), "^creator_id"),
    ],
)
def test_call_that_cannot_be_right_is_refused_before_it_is_made(call: Call, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        call(merch_client_for(refuse_all))


@pytest.mark.parametrize(
    ("written", "expected"),
    [(7, 7), (-1, -1), ("7", 7), (2**31, None), (10**30, None), (-(10**30), None), ("x", None)],
)
def test_sort_order_that_no_database_can_hold_is_left_out(
    written: object, expected: int | None
) -> None:
    printora = Printora({"success": True, "merch": MERCH | {"sortOrder": written}})
    assert merch_client_for(printora).merch.get("c1", "m1").sort_order == expected
