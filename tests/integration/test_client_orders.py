"""Orders, page by page or all of them, though rows shift between pages."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest

from printora_integration.exceptions import ArgumentError, InvalidResponseError

from .printora import Printora, client_for, refusing

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


class Shop:
    """Hold orders, newest first, that change between one page and the next."""

    def __init__(self, count: int) -> None:
        self.ids = [f"o{number}" for number in range(count)]
        self.between: list[Callable[[list[str]], None]] = []
        self.pages = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.pages += 1
        limit, offset = (int(request.url.params[name]) for name in ("limit", "offset"))
        rows = [{"id": row} for row in self.ids[offset : offset + limit]]
        more = offset + limit < len(self.ids)
        pagination = {"total": len(self.ids), "limit": limit, "offset": offset, "hasMore": more}
        if self.between:
            self.between.pop(0)(self.ids)
        return httpx.Response(200, json={"data": {"orders": rows, "pagination": pagination}})

    def walk(self) -> list[str]:
        """Return the ids as an iterator over all pages yields them."""
        return [order.id for order in client_for(self).orders.iterate()]


def test_page_of_orders_is_typed() -> None:
    pagination = {"total": 5, "limit": 1, "offset": 2, "hasMore": True}
    printora = Printora({"success": True, "data": {"orders": [ORDER], "pagination": pagination}})
    page = client_for(printora).orders.list(limit=1, offset=2, status="paid")
    assert printora.asked == ["GET /partners/orders?limit=1&offset=2&status=paid"]
    [order] = page.orders
    assert (order.order_number, order.status, order.session_id) == ("PRT-1", "paid", "s1")
    assert (order.total_amount, order.currency) == (Decimal("20.1"), "USD")
    assert order.updated_at == datetime(2026, 2, 27, 2, 2, 3, tzinfo=UTC)
    assert (page.pagination.total, page.pagination.has_more) == (5, True)


def test_old_dialect_says_the_same() -> None:
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


@pytest.mark.parametrize("reply", [{"data": {}}, {"data": {"orders": [{}]}}, {"success": True}])
def test_reply_without_orders_is_unexpected(reply: dict[str, Any]) -> None:
    with pytest.raises(InvalidResponseError, match=r"does not fit OrderPage: orders"):
        client_for(Printora(reply)).orders.list()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": "20"}, "limit"),
        ({"offset": -1}, "offset"),
        ({"status": "lost"}, "status"),
    ],
)
def test_impossible_page_is_refused_before_the_call(arguments: dict[str, Any], named: str) -> None:
    with pytest.raises(ArgumentError, match=f"^{named} must be"):
        client_for(refusing).orders.list(**arguments)


# --- All pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 199, 200, 350])
def test_walk_yields_every_order_once_and_in_order(count: int) -> None:
    shop = Shop(count)
    assert shop.walk() == shop.ids


def test_walk_asks_for_a_page_when_it_is_needed() -> None:
    shop = Shop(300)
    orders = client_for(shop).orders.iterate()
    assert shop.pages == 0
    assert next(orders).id == "o0"
    assert shop.pages == 1


@pytest.mark.parametrize("arrivals", [1, 50, 150])
def test_order_that_arrives_meanwhile_repeats_none(arrivals: int) -> None:
    shop = Shop(250)
    known = list(shop.ids)
    shop.between = [lambda ids: ids.__setitem__(slice(0, 0), [f"n{i}" for i in range(arrivals)])]
    walked = shop.walk()
    assert [row for row in walked if row in known] == known
    assert len(walked) == len(set(walked))


@pytest.mark.parametrize("gone", [1, 2, 60, 100, 180])
def test_order_that_vanishes_meanwhile_hides_none(gone: int) -> None:
    shop = Shop(350)
    kept = shop.ids[gone:]
    shop.between = [lambda ids: ids.__delitem__(slice(0, gone))]
    walked = shop.walk()
    assert set(kept) <= set(walked)
    assert len(walked) == len(set(walked))


def test_walk_ends_when_all_orders_vanish() -> None:
    shop = Shop(250)
    first = shop.ids[:100]
    shop.between = [list.clear]
    assert shop.walk() == first


def test_page_that_comes_for_ever_is_unexpected() -> None:
    page = {"orders": [{"id": "o1"}, {"id": "o2"}], "pagination": {"hasMore": True}}
    printora = Printora({"data": page})
    with pytest.raises(InvalidResponseError, match="repeat"):
        list(client_for(printora).orders.iterate())
    assert len(printora.seen) < 20


def test_walk_that_breaks_off_says_why() -> None:
    page = {"orders": [{"id": "o1"}, {"id": "o2"}], "pagination": {"hasMore": True}}
    orders = client_for(Printora({"data": page}, {"data": {}})).orders.iterate()
    assert [next(orders).id, next(orders).id] == ["o1", "o2"]
    with pytest.raises(InvalidResponseError):
        next(orders)
