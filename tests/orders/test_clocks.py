"""The clocks of our machines may be wrong: the database's clock decides what is due, or old."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from orders.models import Notification, Order
from orders.notifications import enqueue, send_due
from orders.retention import prune
from pages.audit import record_once
from tests.clocks import DAY, machine, two_clocks, wrong_clocks
from vendor_kit.clock import database_now

pytestmark = [pytest.mark.django_db, pytest.mark.own_database_clock]


@pytest.fixture
def order() -> Order:
    return Order.objects.create(
        session_id="sess_1",
        order_id="ord_1",
        status="paid",
        paid_at=timezone.now(),
        customer_email="grace@example.com",
    )


@wrong_clocks
@two_clocks
def test_mail_queued_by_a_machine_with_a_wrong_clock_goes_out_at_once(
    order: Order, error: timedelta
) -> None:
    with machine(error):
        enqueue(order)
    assert send_due() == 1


@wrong_clocks
@two_clocks
def test_mail_claimed_by_a_machine_with_a_wrong_clock_is_its_own_for_one_lease(
    order: Order, error: timedelta, settings: Settings
) -> None:
    enqueue(order)
    with machine(error):
        claimed = Notification.objects.claim()
    assert claimed is not None
    assert Notification.objects.claim() is None
    until = claimed.claimed_until
    assert until is not None
    assert abs((until - database_now()).total_seconds() - settings.MAIL_LEASE) < 60


@wrong_clocks
@two_clocks
@pytest.mark.usefixtures("refusing")
def test_mail_that_failed_on_a_machine_with_a_wrong_clock_is_retried_in_half_a_minute(
    order: Order, error: timedelta
) -> None:
    enqueue(order)
    with machine(error):
        assert send_due() == 0
    waiting = Notification.objects.get()
    assert waiting.state == Notification.State.WAITING
    assert timedelta(0) < waiting.due_at - database_now() <= timedelta(seconds=30)


def test_claim_from_before_the_clock_was_set_back_counts_for_nothing(order: Order) -> None:
    enqueue(order)
    Notification.objects.update(claimed_until=timezone.now() + DAY)
    assert send_due() == 1
    assert len(mail.outbox) == 1


@two_clocks
def test_worker_whose_clock_is_years_ahead_anonymises_nothing(order: Order) -> None:
    with machine(800 * DAY):
        assert prune(days=365).orders == 0


def test_repeated_click_is_recognised_by_a_line_of_the_last_half_minute_only() -> None:
    user = User.objects.create_user("operator")
    assert record_once(user, Order, "exported") is not None
    assert record_once(user, Order, "exported") is None
    LogEntry.objects.update(action_time=timezone.now() + DAY)  # the clock was set back
    assert record_once(user, Order, "exported") is not None
