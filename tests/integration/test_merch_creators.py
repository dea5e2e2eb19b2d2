"""Creators: made, read, changed, deleted, and what they sold."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest

from printora_integration import exceptions as errors
from printora_integration.merch import MerchClient
from tests.integration.printora import Printora, merch_client_for, refuse_all

CREATOR = {"id": "c1", "name": "Ada", "slug": "ada", "logo_url": None, "status": "active"}
RESPONSE = {"success": True, "creator": CREATOR}
Call = Callable[[MerchClient], Any]


def test_creator_is_created() -> None:
    printora = Printora(RESPONSE, status=201)
    creator = merch_client_for(printora).creators.create(
        name="Ada", email="ada@example.com", logo_url="https://example.com/a.png"
    )
    assert printora.calls == ["POST /creators"]
    assert printora.bodies == [
        {"name": "Ada", "email": "ada@example.com", "logoUrl": "https://example.com/a.png"}
    ]
    assert (creator.id, creator.slug, creator.logo_url) == ("c1", "ada", None)


@pytest.mark.parametrize("response", [RESPONSE, {"data": {"creator": CREATOR}}, {"data": CREATOR}])
def test_creator_is_read_wherever_the_response_holds_it(response: dict[str, Any]) -> None:
    printora = Printora(response)
    assert merch_client_for(printora).creators.get("c/1").name == "Ada"
    assert printora.calls == ["GET /creators/c%2F1"]


def test_update_sends_what_is_given_and_null_to_empty() -> None:
    printora = Printora(RESPONSE)
    merch_client_for(printora).creators.update("c1", name="Ada L", description=None)
    assert printora.calls == ["PUT /creators/c1"]
    assert printora.bodies == [{"name": "Ada L", "description": None}]


def test_status_is_set() -> None:
    printora = Printora(RESPONSE)
    merch_client_for(printora).creators.set_status("c1", status="suspended")
    assert printora.calls == ["PUT /creators/c1/status"]
    assert printora.bodies == [{"status": "suspended"}]


@pytest.mark.parametrize("response", [httpx.Response(200, json={"success": True}), None])
def test_creator_is_deleted(response: httpx.Response | None) -> None:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return response or httpx.Response(204)

    merch_client_for(handle).creators.delete("c1")
    assert [(request.method, request.url.path) for request in seen] == [
        ("DELETE", "/api/v1/creators/c1")
    ]


def test_stats_are_typed() -> None:
    stats = {
        "creatorId": "c1",
        "totalOrders": 2,
        "totalRevenue": "40.20",
        "ordersByStatus": {"paid": 2},
        "topMerch": [{"title": "Tee"}],
    }
    read = merch_client_for(Printora({"success": True, "stats": stats})).creators.stats("c1")
    assert (read.total_orders, read.total_revenue) == (2, Decimal("40.20"))
    assert (read.orders_by_status, read.top_merch) == ({"paid": 2}, ({"title": "Tee"},))


def test_orders_of_a_creator_are_paged() -> None:
    page = {"orders": [{"id": "o1"}], "pagination": {"hasMore": False}}
    printora = Printora({"data": page})
    client = merch_client_for(printora)
    assert client.creators.orders("c1", limit=5).orders[0].id == "o1"
    assert [order.id for order in client.creators.iterate_orders("c1")] == ["o1"]
    assert printora.calls == [
        "GET /creators/c1/orders?limit=5&offset=0",
        "GET /creators/c1/orders?limit=100&offset=0",
    ]


def test_walk_goes_on_where_a_page_names_no_total() -> None:
    rows = [{"id": f"c{number}"} for number in range(150)]

    def handle(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params["offset"])
        return httpx.Response(200, json={"creators": rows[offset : offset + 100]})

    assert len(list(merch_client_for(handle).creators.iterate())) == 150


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda client: client.creators.create(name=" "), "^name"),
        (lambda client: client.creators.create(name="a" * 256), "^name"),
        (lambda client: client.creators.create(name="Ada", logo_url="/a.png"), "^logo_url"),
        (lambda client: client.creators.update("c1"), "at least one field"),
        (lambda client: client.creators.update("c1", name=""), "^name"),
        (lambda client: client.creators.set_status("c1", status="gone"), "^status"),
        (lambda client: client.creators.list(limit=101), "^limit"),
        (lambda client: client.creators.orders("c1", offset=-1), "^offset"),
        (lambda client: client.creators.delete(""), "^creator_id"),
        (lambda client: client.creators.delete(".."), "^creator_id"),
    ],
)
def test_call_that_cannot_be_right_is_refused_before_it_is_made(call: Call, message: str) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        call(merch_client_for(refuse_all))


def test_creator_of_another_partner_is_refused() -> None:
    printora = Printora({"success": False, "error": {"code": "FORBIDDEN"}}, status=403)
    with pytest.raises(errors.PermissionDeniedError):
        merch_client_for(printora).creators.get("c1")
