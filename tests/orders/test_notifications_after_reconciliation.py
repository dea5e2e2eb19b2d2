"""Milestones from reconciliation get a mail if they are recent, and with their details."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from orders.models import Notification
from orders.notifications import send_due
from printora_integration.models import WebhookEvent
from printora_integration.payloads import parse_payload
from printora_integration.schemas.webhooks import EventType
from printora_integration.webhooks.processing import process
from tests.helpers import ORDER, encoded, webhook
from tests.orders.stories import FULL, payload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("story_date")]

LIVED = (EventType.CREATED, EventType.PAID, EventType.SHIPPED, EventType.DELIVERED)


def process_from_reconciliation(*events: EventType, at: str = "2026-02-28T09:30:00Z") -> None:
    """Record events as reconciliation does: from a list that knows only when something changed."""
    for event in events:
        body = encoded(webhook(event, {"orderId": ORDER}, session="sess_1", timestamp=at))
        source = WebhookEvent.Source.RECONCILIATION
        process(parse_payload(body), body=body.decode(), source=source)


def process_details(*events: EventType) -> None:
    """Process events with all their details, as Printora sends them."""
    for event in events:
        body = encoded(payload(event, FULL[event]))
        process(parse_payload(body), body=body.decode())


def subjects() -> list[str]:
    return [message.subject.split(":")[0] for message in mail.outbox]


def later(**delta: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**delta))


def test_order_delivered_long_ago_gets_no_mail() -> None:
    with later(days=50):
        process_from_reconciliation(*LIVED, at="2026-03-03T15:30:00Z")
        process_details(*LIVED)
        assert send_due() == 0
    assert not Notification.objects.exists()


def test_order_whose_whole_life_was_missed_gets_one_mail() -> None:
    process_from_reconciliation(*LIVED)
    process_details(*LIVED)
    assert send_due() == 1
    assert subjects() == ["Delivered"]


def test_details_with_an_older_time_stop_the_mail() -> None:
    with later(days=5):  # the list says only that something changed just now
        process_from_reconciliation(*LIVED[:2], at="2026-03-05T09:00:00Z")
        process_details(*LIVED[:2])
        assert send_due() == 0
    assert Notification.objects.get().reason == Notification.Reason.OLD


def test_mail_about_a_parcel_waits_for_its_tracking_and_then_goes_at_once() -> None:
    process_details(EventType.CREATED, EventType.PAID)
    send_due()
    process_from_reconciliation(EventType.SHIPPED)
    with later(minutes=30):
        assert send_due() == 0
    process_details(EventType.SHIPPED)
    assert send_due() == 1
    assert subjects() == ["Payment received", "On its way"]
    assert "1Z999" in str(mail.outbox[-1].body)


def test_mail_goes_without_details_that_have_not_come_for_two_hours() -> None:
    process_details(EventType.CREATED, EventType.PAID)
    send_due()
    process_from_reconciliation(EventType.SHIPPED)
    with later(hours=2, minutes=1):
        assert send_due() == 1
    assert subjects() == ["Payment received", "On its way"]


def test_address_alone_does_not_send_a_mail_that_waits_for_its_tracking() -> None:
    process_from_reconciliation(*LIVED[:3])
    process_details(EventType.CREATED, EventType.PAID)
    assert send_due() == 0
    process_details(EventType.SHIPPED)
    assert send_due() == 1
    assert subjects() == ["On its way"]
