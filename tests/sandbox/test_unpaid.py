"""An unpaid order reserves its stock only until its session expires."""

import time
from typing import Any

from tests.sandbox.receiver import Receiver
from tests.sandbox.scripts import buy_concurrently, run_script
from tests.sandbox.shop import Shop
from tests.sandbox.visitor import Opened, Visitor
from tests.sandbox_process import SandboxProcess

_EXPIRE = """
from django.utils import timezone
from printora_sandbox.models import Session
Session.objects.filter(uuid__in=given).update(expires_at=timezone.now())
"""

# Eight threads at once, and the worker of the running sandbox.
_RACE = (
    _EXPIRE
    + """
import threading
from concurrent.futures import ThreadPoolExecutor
from printora_sandbox.orders.unpaid import cancel_unpaid_orders
start = threading.Barrier(8)
def run(_):
    start.wait()
    cancel_unpaid_orders()
with ThreadPoolExecutor(8) as pool:
    list(pool.map(run, range(8)))
"""
)

_PAY_AND_CANCEL = (
    _EXPIRE
    + """
import threading
from concurrent.futures import ThreadPoolExecutor
from printora_sandbox.orders.fulfilment import WrongStateError, pay
from printora_sandbox.models import Order, PaymentMethod
from printora_sandbox.orders.unpaid import cancel_unpaid_orders
orders = list(Order.objects.filter(session__uuid__in=given))
start = threading.Barrier(len(orders) + 1)
def run(order):
    start.wait()
    if order is None:
        return cancel_unpaid_orders()
    try:
        pay(order.uuid, method=PaymentMethod.CARD)
    except WrongStateError:
        pass
with ThreadPoolExecutor(len(orders) + 1) as pool:
    list(pool.map(run, [*orders, None]))
"""
)


def _ordered(shop: Shop, sandbox: SandboxProcess, merch: dict[str, Any], quantity: int) -> Opened:
    opened = shop.opened(imageUrl=None, merchId=merch["id"])
    buy_concurrently(sandbox, [opened.token], quantity)
    return opened


def _sold(shop: Shop, merch: dict[str, Any]) -> int:
    path = f"/creators/{merch['creatorId']}/merch/{merch['id']}"
    sold: int = shop.call("GET", path).json()["merch"]["stockSold"]
    return sold


def _order_of(shop: Shop, opened: Opened) -> dict[str, Any]:
    rows = shop.http.get("/console/api/orders", params={"limit": 100}).json()["data"]["orders"]
    order: dict[str, Any] = next(row for row in rows if row["partnershipHistoryId"] == opened.id)
    return order


def test_unpaid_order_releases_its_stock_when_its_session_expires(
    shop: Shop, sandbox: SandboxProcess, receiver: Receiver
) -> None:
    merch = shop.merch(stockLimit=2)
    opened = _ordered(shop, sandbox, merch, 2)
    assert _sold(shop, merch) == 2
    run_script(sandbox, _EXPIRE, [opened.id])
    hooks = receiver.wait_for(opened.id, 2)
    assert [hook.event for hook in hooks] == ["order.created", "order.cancelled"]
    assert _sold(shop, merch) == 0
    (order,) = buy_concurrently(sandbox, [shop.opened(imageUrl=None, merchId=merch["id"]).token], 2)
    assert len(order) == 36  # an order's id: the pieces are for sale again


def test_cancelled_unpaid_order_cannot_be_paid(
    shop: Shop, sandbox: SandboxProcess, receiver: Receiver
) -> None:
    opened = _ordered(shop, sandbox, shop.merch(stockLimit=1), 1)
    visitor = Visitor(opened)
    url = _order_of(shop, opened)["paymentUrl"]
    visitor.http.get(url)
    run_script(sandbox, _EXPIRE, [opened.id])
    receiver.wait_for(opened.id, 2)
    assert "error_code=cancelled" in visitor.post(url, pay="stripe").headers["location"]
    assert _order_of(shop, opened)["paymentStatus"] == "cancelled"


def test_stock_is_released_once_by_simultaneous_runs(
    shop: Shop, sandbox: SandboxProcess, receiver: Receiver
) -> None:
    merch = shop.merch(stockLimit=5)
    valid, expired = _ordered(shop, sandbox, merch, 2), _ordered(shop, sandbox, merch, 2)
    run_script(sandbox, _RACE, [expired.id])
    hooks = receiver.wait_for(expired.id, 2)
    assert [hook.event for hook in hooks] == ["order.created", "order.cancelled"]
    assert _sold(shop, merch) == 2
    assert _order_of(shop, valid)["status"] == "pending"


def test_payment_at_the_last_moment_keeps_its_stock_or_is_too_late(
    shop: Shop, sandbox: SandboxProcess
) -> None:
    merch = shop.merch(stockLimit=6)
    visits = [_ordered(shop, sandbox, merch, 1) for _ in range(6)]
    run_script(sandbox, _PAY_AND_CANCEL, [opened.id for opened in visits])
    statuses = [_order_of(shop, opened)["status"] for opened in visits]
    assert set(statuses) <= {"paid", "cancelled"}
    assert _sold(shop, merch) == statuses.count("paid")


def test_paid_order_and_order_without_merch_survive_their_sessions(
    shop: Shop, sandbox: SandboxProcess, receiver: Receiver
) -> None:
    merch = shop.merch(stockLimit=3)
    paid, expired = _ordered(shop, sandbox, merch, 1), _ordered(shop, sandbox, merch, 1)
    payer, plain = Visitor(paid), Visitor(shop.opened())
    url = _order_of(shop, paid)["paymentUrl"]
    payer.http.get(url)
    payer.post(url, pay="stripe")
    plain.order()
    run_script(sandbox, _EXPIRE, [paid.id, expired.id, plain.opened.id])
    receiver.wait_for(expired.id, 2)
    time.sleep(0.3)  # by now the other orders would have been cancelled too
    assert _order_of(shop, paid)["status"] == "paid"
    assert _order_of(shop, plain.opened)["status"] == "pending"
    assert _sold(shop, merch) == 1
