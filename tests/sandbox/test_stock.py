"""The stock of limited editions, with simultaneous buyers in threads on a running database."""

from typing import Any

import pytest

from tests.sandbox.receiver import Receiver
from tests.sandbox.scripts import buy_concurrently
from tests.sandbox.shop import Shop
from tests.sandbox.visitor import Api, Visitor
from tests.sandbox_process import SandboxProcess


def _tokens(api: Api, count: int, **mode: str) -> list[str]:
    return [api.opened(imageUrl=None, **mode).token for _ in range(count)]


def _sold(shop: Shop, merch: dict[str, Any]) -> tuple[int, int | None]:
    path = f"/creators/{merch['creatorId']}/merch/{merch['id']}"
    now = shop.call("GET", path).json()["merch"]
    return now["stockSold"], now["stockRemaining"]


@pytest.mark.parametrize("mode", ["merchId", "creatorId"])
def test_five_of_sixteen_buyers_get_the_last_five_pieces(
    shop: Shop, sandbox: SandboxProcess, mode: str
) -> None:
    merch = shop.merch(stockLimit=5)
    object_id = merch["id"] if mode == "merchId" else merch["creatorId"]
    outcomes = buy_concurrently(sandbox, _tokens(shop, 16, **{mode: object_id}))
    assert outcomes.count("Merch is sold out") == 11
    assert _sold(shop, merch) == (5, 0)
    orders = shop.call("GET", f"/creators/{merch['creatorId']}/orders").json()["data"]["orders"]
    assert {order["id"] for order in orders} == set(outcomes) - {"Merch is sold out"}


def test_buyers_of_two_pieces_leave_one_piece(shop: Shop, sandbox: SandboxProcess) -> None:
    merch = shop.merch(stockLimit=5)
    outcomes = buy_concurrently(sandbox, _tokens(shop, 4, merchId=merch["id"]), quantity=2)
    assert outcomes.count("Only 1 unit remaining") == 2
    assert _sold(shop, merch) == (4, 1)


def test_unlimited_item_counts_what_it_sells(shop: Shop, sandbox: SandboxProcess) -> None:
    merch = shop.merch()
    buy_concurrently(sandbox, _tokens(shop, 2, merchId=merch["id"]), quantity=3)
    assert _sold(shop, merch) == (6, None)


def test_limit_below_what_is_sold_is_refused(shop: Shop, sandbox: SandboxProcess) -> None:
    merch = shop.merch(stockLimit=5)
    buy_concurrently(sandbox, _tokens(shop, 1, merchId=merch["id"]), quantity=3)
    path = f"/creators/{merch['creatorId']}/merch/{merch['id']}"
    response = shop.call("PUT", path, {"stockLimit": 2})
    assert response.status_code == 400
    assert response.json()["error"]["details"][0]["field"] == "stockLimit"
    assert _sold(shop, merch) == (3, 2)


def test_order_cancelled_before_payment_releases_its_stock(
    shop: Shop, sandbox: SandboxProcess
) -> None:
    merch = shop.merch(stockLimit=5)
    (order,) = buy_concurrently(sandbox, _tokens(shop, 1, merchId=merch["id"]), quantity=3)
    shop.http.post(f"/console/api/orders/{order}/cancel")
    assert _sold(shop, merch) == (0, 5)


def test_order_created_has_its_creator(
    shop: Shop, sandbox: SandboxProcess, receiver: Receiver
) -> None:
    merch = shop.merch()
    opened = shop.opened(imageUrl=None, merchId=merch["id"])
    buy_concurrently(sandbox, [opened.token])
    (created,) = receiver.wait_for(opened.id, 1)
    creator = shop.call("GET", f"/creators/{merch['creatorId']}").json()["creator"]
    expected = {name: creator[name] for name in ("id", "name", "slug")}
    assert created.json["data"]["creator"] == expected


def test_stats_count_orders_by_status_and_revenue_once_paid(
    shop: Shop, sandbox: SandboxProcess
) -> None:
    merch = shop.merch()
    opened = [shop.opened(imageUrl=None, merchId=merch["id"]) for _ in range(2)]
    buy_concurrently(sandbox, [each.token for each in opened], quantity=2)
    rows = shop.http.get("/console/api/orders").json()["data"]["orders"]
    order = next(row for row in rows if row["partnershipHistoryId"] == opened[0].id)
    visitor = Visitor(opened[0])
    visitor.http.get(order["paymentUrl"])
    visitor.post(order["paymentUrl"], pay="stripe")
    stats = shop.call("GET", f"/creators/{merch['creatorId']}/stats").json()["stats"]
    assert stats == {
        "creatorId": merch["creatorId"],
        "totalOrders": 2,
        "totalRevenue": 46.67,
        "ordersByStatus": {
            "pending": 1,
            "paid": 1,
            "processing": 0,
            "shipped": 0,
            "delivered": 0,
            "cancelled": 0,
        },
        "topMerch": [
            {"merchId": merch["id"], "title": "Dune tee", "quantity": 2, "revenue": 39.98}
        ],
    }
