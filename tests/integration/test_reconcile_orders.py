"""What webhooks did not bring, Printora's own list of orders does."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
import time_machine
from django.test import Client

from orders.models import Order
from printora_integration.models import WebhookEvent
from printora_integration.reconciliation.models import Reconciliation
from printora_integration.reconciliation.run import GRACE_PERIOD, RECENT
from printora_integration.signals import order_event
from tests.helpers import deliver, webhook
from tests.integration.order_list import OrderVendor, change_texts, run, session_of
from tests.integration.sessions import NOON

pytestmark = pytest.mark.django_db

State = Reconciliation.State


@pytest.mark.parametrize(
    ("status", "events"),
    [
        ("pending", ["created"]),
        ("paid", ["created", "paid"]),
        ("processing", ["created", "paid"]),
        ("shipped", ["created", "paid", "shipped"]),
        ("delivered", ["created", "paid", "shipped", "delivered"]),
        ("cancelled", ["created", "cancelled"]),
    ],
)
def test_unknown_order_gets_every_event_its_status_implies(
    printora: OrderVendor, status: str, events: list[str]
) -> None:
    printora.sell(status)
    done = run(printora)
    stored = WebhookEvent.objects.order_by("pk").values_list("event", "source")
    assert list(stored) == [(f"order.{event}", "reconciliation") for event in events]
    order = Order.objects.get()
    assert (order.status, order.order_id, order.order_number) == (status, "ord_0", "PR-0")
    assert (str(order.total_amount), order.currency) == ("25.1800", "USD")
    assert order.ordered_at == NOON - timedelta(days=1)
    assert (done.state, done.orders_seen, done.orders_changed) == (State.COMPLETE, 1, 1)
    assert done.events_recorded == len(events)
    assert change_texts(done) == [
        f"{', '.join(f'order.{e}' for e in events)} recorded: Printora says {status}."
    ]


def test_only_missing_events_are_recorded_and_requested(
    printora: OrderVendor, vendor: Client
) -> None:
    printora.sell("shipped")
    for event in ("order.created", "order.paid"):
        deliver(vendor, webhook(event, {"orderId": "ord_0"}, session=session_of(0)))
    run(printora)
    assert WebhookEvent.objects.get(source="reconciliation").event == "order.shipped"
    assert Order.objects.get().status == "shipped"
    assert printora.resends == [(session_of(0), "order.shipped")]


def test_order_that_is_right_is_not_touched(printora: OrderVendor, vendor: Client) -> None:
    printora.sell("pending")
    deliver(vendor, webhook("order.created", {"orderId": "ord_0"}, session=session_of(0)))
    before = Order.objects.values().get()
    done = run(printora)
    assert (done.orders_seen, done.orders_changed, done.changes) == (1, 0, [])
    assert Order.objects.values().get() == before
    assert printora.resends == []


def test_cancelled_order_is_recorded_and_its_cancellation_is_not_requested(
    printora: OrderVendor, vendor: Client
) -> None:
    printora.sell("cancelled")
    for event in ("order.created", "order.paid"):
        deliver(vendor, webhook(event, {"orderId": "ord_0"}, session=session_of(0)))
    run(printora)
    order = Order.objects.get()
    assert (order.status, order.was_paid, order.cancelled_at) == ("cancelled", True, NOON)
    assert printora.resends == []


def test_resent_webhook_replaces_the_event_of_reconciliation(
    printora: OrderVendor, vendor: Client
) -> None:
    printora.sell("paid")
    run(printora)
    data = {"orderId": "ord_0", "customer": {"email": "grace@example.com"}}
    response = deliver(vendor, webhook("order.paid", data, session=session_of(0)))
    assert response.json() == {"received": True, "duplicate": False}
    assert Order.objects.get().customer_email == "grace@example.com"
    assert WebhookEvent.objects.get(event="order.paid").source == "webhook"


def test_second_run_changes_nothing(printora: OrderVendor) -> None:
    printora.sell("delivered")
    run(printora)
    again = run(printora)
    assert (again.state, again.orders_changed, again.changes) == (State.COMPLETE, 0, [])


@pytest.mark.parametrize(
    ("odd", "message"),
    [
        ({"partnershipHistoryId": None}, "names no session"),
        ({"status": "refunded"}, "one that we do not know"),
        ({"status": None}, "one that we do not know"),
    ],
)
def test_order_that_makes_no_sense_is_listed_and_does_not_stop_the_others(
    printora: OrderVendor, odd: dict[str, Any], message: str
) -> None:
    printora.sell(**({"status": "paid"} | odd))
    printora.sell("paid")
    done = run(printora)
    assert (done.state, done.problems, done.orders_changed) == (State.COMPLETE, 1, 1)
    assert [text for text in change_texts(done) if message in text]
    assert Order.objects.get().order_id == "ord_1"


def test_session_with_another_order_here_is_left_for_staff_to_review(
    printora: OrderVendor, vendor: Client
) -> None:
    printora.sell("paid")
    deliver(vendor, webhook("order.created", {"orderId": "ord_x"}, session=session_of(0)))
    done = run(printora)
    assert done.problems == 1
    assert "another order" in change_texts(done)[0]
    assert Order.objects.get().order_id == "ord_x"
    assert Order.objects.get().status == "pending"


def test_fields_that_events_are_stricter_about_are_left_out(printora: OrderVendor) -> None:
    printora.sell(
        "paid", currency="US DOLLARS", totalAmount=None, orderNumber="PR\x00", createdAt=None
    )
    done = run(printora)
    assert done.problems == 0
    order = Order.objects.get()
    assert (order.status, order.currency, order.total_amount) == ("paid", "", None)


def test_order_whose_receiver_fails_is_listed_and_does_not_stop_the_others(
    printora: OrderVendor,
) -> None:
    printora.sell("paid")
    printora.sell("paid")

    def fail(*, event: WebhookEvent, **_signal: Any) -> None:
        if event.session_id == session_of(0):
            raise ValueError("customer@example.com")

    order_event.connect(fail)
    try:
        done = run(printora)
    finally:
        order_event.disconnect(fail)
    assert (done.state, done.problems, done.orders_changed) == (State.COMPLETE, 1, 1)
    assert "It could not be recorded: ValueError." in change_texts(done)


# --- How far it looks -----------------------------------------------------------------------------


def test_all_pages_are_read_though_new_orders_push_the_rows(printora: OrderVendor) -> None:
    printora.sell("pending", count=230)

    def sell_meanwhile(request: httpx.Request) -> None:
        if request.method == "GET" and request.url.params["offset"] != "0":
            printora.sell("pending")

    printora.before = sell_meanwhile
    done = run(printora)
    assert Order.objects.filter(order_id__in=[f"ord_{n}" for n in range(230)]).count() == 230
    assert done.state == State.COMPLETE


def test_scheduled_run_leaves_old_orders_alone_and_a_full_one_does_not(
    printora: OrderVendor,
) -> None:
    printora.sell("pending", at=NOON - RECENT, count=300)
    printora.sell("pending", at=NOON - timedelta(days=1))
    with time_machine.travel(NOON, tick=False):
        assert run(printora, full=False).state == State.COMPLETE
        assert printora.offsets == [0]
        assert run(printora, full=True).orders_seen == 301
    assert Order.objects.count() == 301


def test_scheduled_run_leaves_a_webhook_the_time_to_arrive(printora: OrderVendor) -> None:
    printora.sell("paid")
    with time_machine.travel(NOON + GRACE_PERIOD - timedelta(seconds=1), tick=False) as clock:
        run(printora, full=False)
        assert not Order.objects.exists()
        clock.shift(timedelta(seconds=2))
        run(printora, full=False)
        assert Order.objects.get().status == "paid"
