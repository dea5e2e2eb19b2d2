"""Of several processes that send, one has each mail, and none holds a lock meanwhile."""

import time

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from orders.models import Notification
from orders.notifications import send_due
from printora_integration.schemas.webhooks import EventType
from tests.helpers import at_once
from tests.helpers import deliver as post
from tests.orders.mail_servers import Slow
from tests.orders.notifications import later, process_events, states
from tests.orders.stories import FULL, payload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("story_date")]


Kind, State = Notification.Kind, Notification.State


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_each_mail_once() -> None:
    for number in range(20):
        process_events(EventType.PAID, session=f"sess_{number}")
    assert sum(at_once(*[send_due] * 4)) == 20
    sent: list[EmailMessage] = mail.outbox
    assert len({message.extra_headers["Message-ID"] for message in sent}) == len(sent) == 20


@pytest.mark.django_db(transaction=True)
def test_webhook_does_not_wait_for_a_slow_mail_server(vendor: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.orders.mail_servers.Slow"
    process_events(EventType.PAID)
    sending, may_end = Slow.sending, Slow.may_end

    def post_meanwhile() -> float:
        assert sending.wait(10)
        began = time.monotonic()
        answer = post(vendor, payload(EventType.SHIPPED, FULL[EventType.SHIPPED], session="sess_2"))
        may_end.set()
        assert answer.status_code == 200
        return time.monotonic() - began

    sent, waited = at_once(send_due, post_meanwhile)
    assert sent == 1
    assert waited < 5


def test_claimed_mail_is_sent_by_no_other_process() -> None:
    process_events(EventType.PAID)
    assert Notification.objects.claim() is not None
    assert send_due() == 0


def test_mail_of_a_sender_that_died_goes_out_when_its_lease_is_over(settings: Settings) -> None:
    process_events(EventType.PAID)
    assert Notification.objects.claim() is not None
    with later(seconds=settings.MAIL_LEASE + 1):
        assert send_due() == 1
        assert send_due() == 0


def test_sender_that_outlived_its_lease_changes_nothing_any_more(settings: Settings) -> None:
    process_events(EventType.PAID)
    late = Notification.objects.claim()
    assert late is not None
    with later(seconds=settings.MAIL_LEASE + 1):
        send_due()
        late.postpone("too slow")
        assert not late.release()
    assert states() == {"paid": State.SENT}


def test_lease_is_longer_than_any_sender_lives(
    settings: Settings,
) -> None:
    assert settings.MAIL_LEASE >= settings.CELERY_TASK_TIME_LIMIT > 10 * settings.EMAIL_TIMEOUT
