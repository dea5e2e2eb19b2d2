"""Orders, page by page or all of them; how pages are walked, tests/vendor_kit shows."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest

from printora_integration.exceptions import ArgumentError, InvalidResponseError
from tests.integration.printora import Printora, client_for, refuse_all

ORDER = {
    "id": "o1",
    "orderNumber": "PRT-1",
    "status": "paid",
    "totalAmount": 20.1,
    "currency": "USD",
    "source": "partner",
    "partnershipHistoryId": "s1",
    "createdAt": "2026-02-27T01:02:03Z",
    "updatedAt": "2026-02-27T03:02:03+01:00",
}


def test_page_of_orders_is_typed() -> None:
    pagination = {"total": 5, "limit": 1, "offset": 2, "hasMore": True}
    printora = Printora({"success": True, "data": {"orders": [ORDER], "pagination": pagination}})
    page = client_for(printora).orders.list(limit=1, offset=2, status="paid")
    assert printora.calls == ["GET /partners/orders?limit=1&offset=2&status=paid"]
    [order] = page.orders
    assert (order.order_number, order.status, order.session_id) == ("PRT-1", "paid", "s1")
    assert (order.total_amount, order.currency) == (Decimal("20.1"), "USD")
    assert order.updated_at == datetime(2026, 2, 27, 2, 2, 3, tzinfo=UTC)
    assert (page.pagination.total, page.pagination.has_more) == (5, True)


def test_snake_case_means_the_same() -> None:
    old = {
        "orders": [
            {"id": "o1", "order_number": "PRT-1", "total_amount": "20.1", "created_at": None}
        ],
        "pagination": {"has_more": True},
    }
    page = client_for(Printora(old)).orders.list()
    [order] = page.orders
    assert (order.order_number, order.total_amount) == ("PRT-1", Decimal("20.1"))
    assert page.pagination.has_more is True


@pytest.mark.parametrize(
    "odd", [{"totalAmount": "much"}, {"createdAt": "soon"}, {"currency": 5}, {"status": []}]
)
def test_odd_field_loses_no_order(odd: dict[str, Any]) -> None:
    [order] = client_for(Printora({"data": {"orders": [ORDER | odd]}})).orders.list().orders
    assert order.id == "o1"


@pytest.mark.parametrize("response", [{"data": {}}, {"data": {"orders": [{}]}}, {"success": True}])
def test_response_without_orders_is_invalid(response: dict[str, Any]) -> None:
    with pytest.raises(InvalidResponseError, match=r"does not fit OrderPage: orders"):
        client_for(Printora(response)).orders.list()


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": "20"}, "limit"),
        ({"offset": -1}, "offset"),
        ({"status": "lost"}, "status"),
    ],
)
def test_page_that_cannot_be_is_refused_before_the_call(
    arguments: dict[str, Any], argument: str
) -> None:
    with pytest.raises(ArgumentError, match=f"^{argument} must be"):
        client_for(refuse_all).orders.list(**arguments)


# --- All pages ------------------------------------------------------------------------------------


def test_walk_yields_the_orders_of_all_pages_with_its_filter() -> None:
    calls: list[dict[str, str]] = []

    def list_orders(request: httpx.Request) -> httpx.Response:
        calls.append(dict(request.url.params))
        limit, offset = (int(request.url.params[name]) for name in ("limit", "offset"))
        rows = [{"id": f"o{number}"} for number in range(offset, min(offset + limit, 250))]
        pagination = {"total": 250, "limit": limit, "offset": offset}
        return httpx.Response(200, json={"data": {"orders": rows, "pagination": pagination}})

    orders = client_for(list_orders).orders.iterate(status="paid")
    assert calls == []
    assert [order.id for order in orders] == [f"o{number}" for number in range(250)]
    assert {call["status"] for call in calls} == {"paid"}
    assert {call["limit"] for call in calls} == {"100"}


def test_walk_that_stops_early_says_why() -> None:
    page = {"orders": [{"id": "o1"}, {"id": "o2"}], "pagination": {"hasMore": True}}
    orders = client_for(Printora({"data": page}, {"data": {}})).orders.iterate()
    assert [next(orders).id, next(orders).id] == ["o1", "o2"]
    with pytest.raises(InvalidResponseError):
        next(orders)
