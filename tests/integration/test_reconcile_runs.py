"""Runs: one at a time, with progress, within the rate limit."""

import time
from datetime import timedelta
from typing import Any

import httpx
import pytest
import time_machine
from celery import current_app

from orders.models import Order
from printora_integration.reconciliation.models import (
    RUN_RETENTION,
    Reconciliation,
)
from printora_integration.reconciliation.run import AlreadyRunningError, reconcile
from printora_integration.reconciliation.tasks import reconcile_orders
from tests.helpers import at_once
from tests.integration.order_list import OrderVendor, run
from tests.integration.printora import client_for
from tests.integration.sessions import NOON

pytestmark = pytest.mark.django_db

State = Reconciliation.State


@pytest.mark.django_db(transaction=True)
def test_of_two_runs_at_once_one_says_that_the_other_is_running(printora: OrderVendor) -> None:
    printora.sell("paid", count=20)

    def slowly(request: httpx.Request) -> None:
        time.sleep(0.02)

    printora.before = slowly

    def attempt() -> str:
        try:
            return run(printora).state
        except AlreadyRunningError:
            return "already running"

    outcomes = at_once(*[attempt] * 6)
    assert sorted(set(outcomes)) == ["already running", "complete"]
    assert outcomes.count("complete") == 1
    assert len(printora.resends) == len(set(printora.resends)) == 40
    assert Order.objects.filter(status="paid").count() == 20


def test_task_of_a_second_worker_does_no_harm() -> None:
    Reconciliation.objects.start()
    assert reconcile_orders() == "already running"


def test_unforeseen_error_ends_the_run_and_frees_the_lock(printora: OrderVendor) -> None:
    printora.sell("paid")

    def fail(_progress: Reconciliation) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(printora, progress=fail)
    assert Reconciliation.objects.get().error == "It stopped: ZeroDivisionError."
    assert run(printora).state == State.COMPLETE


def test_progress_is_reported_during_the_run(printora: OrderVendor) -> None:
    printora.sell("cancelled", count=120)
    progress: list[int] = []
    run(printora, progress=lambda done: progress.append(done.orders_seen))
    assert progress[:3] == [50, 100, 120]


def test_run_that_staff_requested_is_started_by_the_next_worker(printora: OrderVendor) -> None:
    queued = Reconciliation.objects.request(requested_by="ada")
    assert Reconciliation.objects.request(requested_by="bob") is None
    done = run(printora, full=False)
    assert done == queued
    assert (done.state, done.is_full, done.requested_by) == (State.COMPLETE, True, "ada")


def test_list_of_changes_is_bounded_and_says_what_it_left_out(printora: OrderVendor) -> None:
    printora.sell("cancelled", count=230)
    done = run(printora)
    assert (len(done.changes), done.changes_left_out) == (200, 30)


def test_runs_are_deleted_after_a_month(printora: OrderVendor) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        first = run(printora)
        clock.shift(RUN_RETENTION)
        run(printora)
        clock.shift(timedelta(seconds=1))
        run(printora)
    assert Reconciliation.objects.count() == 2
    assert not Reconciliation.objects.filter(pk=first.pk).exists()


def test_every_scheduled_task_is_registered(settings: Any) -> None:
    planned = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert reconcile_orders.name in planned
    current_app.loader.import_default_modules()  # as a worker does when it starts
    assert planned <= set(current_app.tasks)


# --- The rate limit -------------------------------------------------------------------------------


def test_run_stays_within_the_rate_limit_and_leaves_calls_to_visitors(
    printora: OrderVendor,
) -> None:
    limit, window, reserve = 12, 0.4, 5
    calls: dict[int, int] = {}

    def count(request: httpx.Request) -> None:
        number = int(time.time() / window)
        calls[number] = calls.get(number, 0) + 1

    printora.sell("paid", count=10)
    printora.before = count

    def limited(request: httpx.Request) -> httpx.Response:
        response = printora(request)
        number = int(time.time() / window)
        response.headers["X-RateLimit-Limit"] = str(limit)
        response.headers["X-RateLimit-Remaining"] = str(max(limit - calls.get(number, 0), 0))
        response.headers["X-RateLimit-Reset"] = str((number + 1) * window)
        return response

    client = client_for(limited, deadline=5, reserve=reserve)
    done = reconcile(full=True, client=client)
    assert (done.state, done.resends_requested) == (State.COMPLETE, 20)
    assert max(calls.values()) <= limit - reserve
