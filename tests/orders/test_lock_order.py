"""Transactions lock rows in one order, so that no two of them wait for each other."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orders.models import Notification, Order
from orders.notifications import send_due
from orders.retention import forget, prune
from printora_integration.models import WebhookEvent
from printora_integration.schemas.webhooks import EventType
from printora_integration.webhooks.processing import process
from tests.helpers import at_once, deliver, encoded
from tests.orders.customer_data import data_of_grace, process_whole_order
from tests.orders.lock_window import LockWindow
from tests.orders.merging import parsed_payload
from tests.orders.notifications import process_events, states
from tests.orders.stories import FULL, payload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_folder")]


@pytest.fixture
def row_locks(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time, and so no row locks")


def changed_tables(captured: CaptureQueriesContext) -> list[str]:
    changes = [query["sql"] for query in captured if query["sql"].startswith("UPDATE")]
    return list(dict.fromkeys(sql.split('"')[1] for sql in changes))


def test_forget_changes_events_then_sessions_then_orders(vendor: Client) -> None:
    process_whole_order(vendor, "sess_1")
    with CaptureQueriesContext(connection) as captured:
        forget("grace@example.com")
    tables = changed_tables(captured)
    assert [table for table in tables if "notification" not in table] == [
        "printora_integration_webhookevent",
        "printora_integration_printsession",
        "orders_order",
    ]


def test_admin_locks_several_orders_by_key(staff_client: Client) -> None:
    keys = [
        Order.objects.create(session_id=f"s{number}", order_id="o", flags=["odd"]).pk
        for number in range(2)
    ]
    action = {"action": "mark_seen", "_selected_action": keys}
    with CaptureQueriesContext(connection) as captured:
        staff_client.post("/admin/orders/order/?o=-1", action)
    statements = [query["sql"] for query in captured]
    first_change = next(i for i, sql in enumerate(statements) if 'UPDATE "orders_order"' in sql)
    lock = next(sql for sql in reversed(statements[:first_change]) if 'FROM "orders_order"' in sql)
    assert 'ORDER BY "orders_order"."id" ASC' in lock
    assert not Order.objects.with_open_flags().exists()


@pytest.mark.usefixtures("row_locks", "story_date")
def test_mailer_and_forget_of_one_order_at_once_both_succeed(refusing: None) -> None:
    process_events(EventType.PAID)
    # A mail past its deadline fails for good, and the mailer flags the order.
    Notification.objects.update(queued_at=timezone.now() - timedelta(days=2))
    window = LockWindow()

    def send() -> int:
        with window.first():
            return send_due()

    def erase() -> int:
        with window.second():
            return forget("grace@example.com").orders

    assert at_once(send, erase) == [0, 1]
    assert states() == {"paid": Notification.State.FAILED}
    assert data_of_grace() == []
    assert "could not be sent" in Order.objects.get().open_flags[0]


@pytest.mark.usefixtures("row_locks", "story_date")
def test_signed_webhook_and_prune_of_one_order_at_once_both_succeed(vendor: Client) -> None:
    # Reconciliation has queued the mail already; the signed event makes it due now.
    sparse = payload(EventType.PAID, {"orderId": FULL[EventType.PAID]["orderId"]})
    source = WebhookEvent.Source.RECONCILIATION
    parsed = parsed_payload(EventType.PAID, sparse["data"])
    process(parsed, body=encoded(sparse).decode(), source=source)
    window = LockWindow()

    def receive() -> int:
        with window.first():
            return deliver(vendor, payload(EventType.PAID, FULL[EventType.PAID])).status_code

    def prune_all() -> int:
        with window.second():
            return prune(days=1, now=timezone.now() + timedelta(days=2)).orders

    assert at_once(receive, prune_all) == [200, 1]
    assert states() == {"paid": Notification.State.SKIPPED}
    assert data_of_grace() == []
