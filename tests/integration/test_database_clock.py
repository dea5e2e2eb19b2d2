"""Machines whose clocks differ share the database's; a time in its future is never stuck."""

from datetime import timedelta

import pytest
from django.utils import timezone

from printora_integration.models import PrintSession
from printora_integration.print_sessions.refresh import expire_sessions, sessions_to_refresh
from printora_integration.reconciliation.models import DetailsRequest, Reconciliation
from tests.clocks import DAY, machine, two_clocks, wrong_clocks
from tests.integration.order_list import OrderVendor, run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.own_database_clock]

Status = PrintSession.Status


def new_session() -> PrintSession:
    owner = {"visitor": "v", "reference": "dune"}
    chosen = {"mode": PrintSession.Mode.IMAGE, "image_url": "https://x.example/dune.jpg"}
    details = {"title": "Dune", "back_url": "https://x.example/"}
    return PrintSession.objects.open_or_new(owner=owner, chosen=chosen, details=details)


@wrong_clocks
@two_clocks
def test_second_click_on_a_machine_with_another_clock_finds_the_same_session(
    error: timedelta,
) -> None:
    first = new_session()
    with machine(error):
        assert new_session() == first


@wrong_clocks
@two_clocks
def test_link_made_on_a_machine_with_a_wrong_clock_does_not_expire_early(
    error: timedelta,
) -> None:
    with machine(error):
        session = new_session()
    assert expire_sessions() == 0
    assert new_session() == session


def test_session_checked_in_the_future_is_checked_again() -> None:
    session = new_session()
    now = timezone.now()
    PrintSession.objects.update(
        status=Status.ACTIVE, session_id="s", visited_at=now, last_checked_at=now + DAY
    )
    assert list(sessions_to_refresh(now)) == [session]


@wrong_clocks
@two_clocks
def test_run_is_not_taken_from_a_worker_whose_clock_differs(error: timedelta) -> None:
    with machine(error):
        assert Reconciliation.objects.start() is not None
    assert Reconciliation.objects.start() is None


def test_run_with_a_heartbeat_in_the_future_holds_no_lock() -> None:
    assert Reconciliation.objects.start() is not None
    Reconciliation.objects.update(heartbeat_at=timezone.now() + DAY)
    assert Reconciliation.objects.start() is not None


def test_details_that_are_due_in_a_far_future_are_requested_now(printora: OrderVendor) -> None:
    printora.sell("pending")
    run(printora)
    due = DetailsRequest.objects.events_without_details(include_all=False)
    assert not due.exists()
    DetailsRequest.objects.update(next_at=timezone.now() + 30 * DAY)
    assert due.exists()
