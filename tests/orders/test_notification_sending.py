"""Mails go out once, the latest milestone first, as soon as an address is known."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from orders.models import Notification, Order
from orders.notifications import send_due
from printora_integration.schemas.webhooks import EventType
from tests.orders.notifications import later, process_events, states, subjects
from tests.orders.stories import MINIMAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("story_date")]


Kind, State = Notification.Kind, Notification.State


def test_mails_go_out_once_for_each_milestone() -> None:
    for event in (EventType.CREATED, EventType.PAID, EventType.SHIPPED, EventType.DELIVERED):
        process_events(event)
        assert send_due() == (event != EventType.CREATED)
    assert send_due() == 0
    assert subjects() == ["Payment received", "On its way", "Delivered"]
    assert {message.to[0] for message in mail.outbox} == {"grace@example.com"}
    assert set(states().values()) == {State.SENT}


def test_of_several_mails_that_wait_only_the_latest_goes_out() -> None:
    process_events(EventType.CREATED, EventType.PAID, EventType.SHIPPED, EventType.DELIVERED)
    assert send_due() == 1
    assert subjects() == ["Delivered"]
    assert states() == {"paid": State.SKIPPED, "shipped": State.SKIPPED, "delivered": State.SENT}


def test_mail_goes_out_when_the_later_one_has_failed() -> None:
    order = process_events(EventType.PAID)
    Notification.objects.create(order=order, kind=Kind.SHIPPED, state=State.FAILED)
    assert send_due() == 1
    assert subjects() == ["Payment received"]


def test_paid_after_delivered_was_sent_is_not_sent() -> None:
    process_events(EventType.PAID, EventType.DELIVERED)
    Notification.objects.filter(kind=Kind.PAID).update(due_at=timezone.now() + timedelta(seconds=9))
    send_due()
    with later(seconds=10):
        send_due()
    assert subjects() == ["Delivered"]
    late = Notification.objects.get(kind=Kind.PAID)
    assert (late.state, late.reason) == (State.SKIPPED, Notification.Reason.SUPERSEDED)


def test_cancelled_after_delivered_was_sent_is_not_sent() -> None:
    process_events(EventType.PAID, EventType.DELIVERED)
    send_due()
    process_events(EventType.CANCELLED)
    send_due()
    assert "Cancelled" not in subjects()


def test_mail_waits_for_the_address_and_goes_out_as_soon_as_it_is_known() -> None:
    process_events(EventType.SHIPPED)
    assert send_due() == 0
    process_events(EventType.PAID)
    assert send_due() == 1
    assert subjects() == ["On its way"]


def test_mail_without_any_address_is_skipped_after_a_day_with_a_flag() -> None:
    process_events(EventType.PAID, story=MINIMAL)
    send_due()
    with later(days=1, minutes=1):
        send_due()
    dropped = Notification.objects.get()
    assert (dropped.state, dropped.reason) == (State.SKIPPED, Notification.Reason.NO_ADDRESS)
    (flag,) = Order.objects.get().open_flags
    assert "e-mail address is not known" in flag


def address_comes_after(**delta: float) -> None:
    """Ship a parcel, and send the customer's address so much later."""
    process_events(EventType.SHIPPED)
    with later(days=1, minutes=1):
        send_due()
    with later(**delta):
        process_events(EventType.PAID)
        send_due()


def test_address_that_comes_after_two_days_gets_the_mail_that_was_skipped() -> None:
    address_comes_after(days=2)
    assert subjects() == ["On its way"]


def test_address_that_comes_after_four_days_gets_no_old_mail() -> None:
    address_comes_after(days=4)
    assert subjects() == []


def test_message_id_is_the_same_for_every_attempt_and_new_for_a_repeat() -> None:
    process_events(EventType.PAID)
    notification = Notification.objects.get()
    first = notification.message_id
    assert Notification.objects.get().message_id == first
    assert "sess_1" not in first
    notification.repeats = 1
    assert notification.message_id != first
