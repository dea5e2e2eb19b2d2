"""Creators: made, read, changed, deleted, and what they sold."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest

from printora_integration import exceptions as errors
from printora_integration.client import PrintoraClient

from .printora import Printora, client_for, refusing

CREATOR = {"id": "c1", "name": "Ada", "slug": "ada", "logo_url": None, "status": "active"}
REPLY = {"success": True, "creator": CREATOR}
Call = Callable[[PrintoraClient], Any]


def test_creator_is_created() -> None:
    printora = Printora(REPLY, status=201)
    creator = client_for(printora).creators.create(
        name="Ada", email="ada@example.com", logo_url="https://example.com/a.png"
    )
    assert printora.asked == ["POST /creators"]
    assert printora.bodies == [
        {"name": "Ada", "email": "ada@example.com", "logoUrl": "https://example.com/a.png"}
    ]
    assert (creator.id, creator.slug, creator.logo_url) == ("c1", "ada", None)


@pytest.mark.parametrize("reply", [REPLY, {"data": {"creator": CREATOR}}, {"data": CREATOR}])
def test_creator_is_read_wherever_the_reply_holds_it(reply: dict[str, Any]) -> None:
    printora = Printora(reply)
    assert client_for(printora).creators.get("c/1").name == "Ada"
    assert printora.asked == ["GET /creators/c%2F1"]


def test_update_sends_what_is_given_and_null_to_empty() -> None:
    printora = Printora(REPLY)
    client_for(printora).creators.update("c1", name="Ada L", description=None)
    assert printora.asked == ["PUT /creators/c1"]
    assert printora.bodies == [{"name": "Ada L", "description": None}]


def test_status_is_set() -> None:
    printora = Printora(REPLY)
    client_for(printora).creators.set_status("c1", status="suspended")
    assert printora.asked == ["PUT /creators/c1/status"]
    assert printora.bodies == [{"status": "suspended"}]


@pytest.mark.parametrize("response", [httpx.Response(200, json={"success": True}), None])
def test_creator_is_deleted(response: httpx.Response | None) -> None:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return response or httpx.Response(204)

    client_for(handle).creators.delete("c1")
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
    told = client_for(Printora({"success": True, "stats": stats})).creators.stats("c1")
    assert (told.total_orders, told.total_revenue) == (2, Decimal("40.20"))
    assert (told.orders_by_status, told.top_merch) == ({"paid": 2}, ({"title": "Tee"},))


def test_orders_of_a_creator_are_paged() -> None:
    page = {"orders": [{"id": "o1"}], "pagination": {"hasMore": False}}
    printora = Printora({"data": page})
    client = client_for(printora)
    assert client.creators.orders("c1", limit=5).orders[0].id == "o1"
    assert [order.id for order in client.creators.iterate_orders("c1")] == ["o1"]
    assert printora.asked == [
        "GET /creators/c1/orders?limit=5&offset=0",
        "GET /creators/c1/orders?limit=100&offset=0",
    ]


def test_walk_goes_on_though_nothing_is_said_of_pages() -> None:
    rows = [{"id": f"c{number}"} for number in range(150)]

    def handle(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params["offset"])
        return httpx.Response(200, json={"creators": rows[offset : offset + 100]})

    assert len(list(client_for(handle).creators.iterate())) == 150


@pytest.mark.parametrize(
    ("call", "named"),
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
def test_impossible_call_is_refused_before_it_is_made(call: Call, named: str) -> None:
    with pytest.raises(errors.ArgumentError, match=named):
        call(client_for(refusing))


def test_creator_of_another_partner_is_refused() -> None:
    printora = Printora({"success": False, "error": {"code": "FORBIDDEN"}}, status=403)
    with pytest.raises(errors.PermissionDeniedError):
        client_for(printora).creators.get("c1")
