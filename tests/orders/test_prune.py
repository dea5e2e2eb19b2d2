"""After pruning, nothing old names a customer, and the timeline stays."""

import io
import json

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from orders.models import Notification, Order
from orders.notifications import send_due
from orders.retention import prune
from printora_integration.models import PrintSession, RefusedDelivery, WebhookEvent
from printora_integration.schemas.webhooks import EventType
from tests.helpers import deliver as post
from tests.orders.customer_data import (
    GRACE,
    data_of_grace,
    in_a_year,
    own_picture,
    process_whole_order,
)
from tests.orders.stories import FULL, payload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_folder")]


def test_scan_finds_what_is_there(vendor: Client) -> None:
    process_whole_order(vendor, "sess_1")
    assert data_of_grace() == list(GRACE)


def test_pruning_leaves_nothing_of_the_customer_and_all_of_the_timeline(
    vendor: Client, staff_client: Client, settings: Settings
) -> None:
    order = process_whole_order(vendor, "sess_1")
    send_due()
    RefusedDelivery.objects.create(reason="odd", body=b'{"email": "grace@example.com"}')
    with in_a_year():
        erased = prune(days=365)
    assert (erased.orders, erased.events, erased.sessions, erased.refused_deliveries) == (
        1,
        5,
        1,
        1,
    )
    assert data_of_grace(settings.EMAIL_FILE_PATH) == []
    order.refresh_from_db()
    assert order.anonymised_at is not None
    assert (order.order_number, str(order.total_amount)) == ("PR-4711", "27.5000")
    assert order.shipped_at is not None
    assert order.items[0]["product_name"] == "Mug"
    page = staff_client.get(order.get_absolute_url())
    assert page.status_code == 200
    assert "Anonymised" in page.content.decode()


def test_pruned_event_still_says_what_happened(vendor: Client) -> None:
    process_whole_order(vendor, "sess_1")
    with in_a_year():
        prune(days=365)
    paid = json.loads(WebhookEvent.objects.get(event="order.paid").body)
    assert paid["data"]["totalAmount"] == "27.5"
    assert paid["event"] == "order.paid"
    assert set(paid["data"]) <= {
        *("orderId", "orderNumber", "status", "paymentStatus", "paymentMethod"),
        *("totalAmount", "currency", "createdAt", "paidAt"),
    }


def test_what_is_younger_stays(vendor: Client) -> None:
    process_whole_order(vendor, "sess_1")
    assert not any(vars(prune(days=365)).values())
    assert data_of_grace() == list(GRACE)


def test_zero_days_keep_everything(vendor: Client, settings: Settings) -> None:
    process_whole_order(vendor, "sess_1")
    with in_a_year():
        assert not any(vars(prune(days=0)).values())
    settings.RETENTION_DAYS = 0
    out = io.StringIO()
    call_command("prune", stdout=out)
    assert "for ever" in out.getvalue()


def test_pruning_again_finds_nothing_to_do(vendor: Client) -> None:
    process_whole_order(vendor, "sess_1")
    with in_a_year():
        prune(days=365)
        assert not any(vars(prune(days=365)).values())


def test_pruning_goes_on_over_many_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orders.retention.BATCH_SIZE", 3)
    monkeypatch.setattr("printora_integration.retention.BATCH_SIZE", 3)
    for number in range(10):
        Order.objects.create(session_id=f"s{number}", order_id="o", customer_email="grace@x.org")
        WebhookEvent.objects.create(
            session_id=f"s{number}", event="order.paid", occurred_at=timezone.now(), body="{}"
        )
        PrintSession.objects.create(visitor=f"v{number}", reference="dune", title="Dune")
    with in_a_year():
        erased = prune(days=365)
    assert (erased.orders, erased.events, erased.sessions) == (10, 10, 10)


@pytest.mark.usefixtures("story_date")
def test_event_that_comes_after_pruning_brings_no_data_back(vendor: Client) -> None:
    for event in (EventType.CREATED, EventType.SHIPPED):
        post(vendor, payload(event, FULL[event]))
    with in_a_year():
        prune(days=365)
        post(vendor, payload(EventType.PAID, FULL[EventType.PAID]))
        assert Order.objects.get().customer_email == ""
        assert not Notification.objects.filter(kind="paid").exists()
        assert data_of_grace() == []
        assert not any(vars(prune(days=365)).values())


def test_pruning_empties_a_session_that_was_only_unlinked_before(vendor: Client) -> None:
    row = own_picture(visitor="")
    with in_a_year():
        assert prune(days=365).sessions == 1
        assert prune(days=365).sessions == 0
    row.refresh_from_db()
    assert (row.title, row.reference) == ("(erased)", "")
