"""A mail that fails is tried again for a day, and stops no other."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from orders.models import Notification, Order
from orders.notifications import send_due
from printora_integration.schemas.webhooks import EventType
from tests.orders.mail_servers import Unreachable
from tests.orders.notifications import later, process_events, states, subjects

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("story_date")]


Kind, State = Notification.Kind, Notification.State


def test_mail_to_an_invalid_address_fails_at_once_with_a_flag() -> None:
    process_events(EventType.PAID)
    Order.objects.update(customer_email="grace@example.com\nBcc: everyone@example.com")
    assert send_due() == 0
    assert mail.outbox == []
    assert states() == {"paid": State.FAILED}
    assert "given up" in Order.objects.get().open_flags[0]


def test_failure_is_saved_without_the_address_and_retried_later(
    refusing: None, settings: Settings
) -> None:
    process_events(EventType.PAID)
    send_due()
    waiting = Notification.objects.get()
    assert (waiting.state, waiting.attempts) == (State.WAITING, 1)
    assert "OSError" in waiting.last_error
    assert "grace" not in waiting.last_error
    assert waiting.due_at > timezone.now() + timedelta(seconds=20)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with later(minutes=1):
        assert send_due() == 1
    assert Notification.objects.get().last_error == ""


def test_retry_delays_grow_to_an_hour_and_no_further(refusing: None) -> None:
    process_events(EventType.PAID)
    pauses = []
    for _attempt in range(9):
        before = timezone.now()
        Notification.objects.update(due_at=before)
        send_due()
        pauses.append(round((Notification.objects.get().due_at - before).total_seconds(), -1))
    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]


def test_mail_fails_after_a_day_with_a_flag(refusing: None) -> None:
    process_events(EventType.PAID)
    send_due()
    with later(days=1, minutes=1):
        send_due()
    assert states() == {"paid": State.FAILED}
    (flag,) = Order.objects.get().open_flags
    assert "“Payment received”" in flag
    assert "grace" not in flag


def test_one_refused_mail_does_not_hold_up_the_others(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.orders.mail_servers.Picky"
    process_events(EventType.PAID, session="sess_1")
    process_events(EventType.PAID, EventType.SHIPPED, session="sess_2")
    assert send_due() == 1
    assert subjects() == ["On its way"]


def test_unreachable_mail_server_is_tried_once_a_call(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.orders.mail_servers.Unreachable"
    Unreachable.tried = 0
    for number in range(5):
        process_events(EventType.PAID, session=f"sess_{number}")
    assert send_due() == 0
    assert Unreachable.tried == 1


def test_failures_log_no_address(refusing: None, caplog: pytest.LogCaptureFixture) -> None:
    process_events(EventType.PAID)
    with caplog.at_level("DEBUG"):
        send_due()
    assert "not sent: OSError" in caplog.text
    assert "grace" not in caplog.text
    assert "example.com" not in caplog.text
