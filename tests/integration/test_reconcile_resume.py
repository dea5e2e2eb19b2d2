"""A run that did not come to the end is resumed by the next one."""

from datetime import timedelta
from types import SimpleNamespace

import httpx
import pytest
import time_machine

from orders.models import Order
from printora_integration.reconciliation.models import (
    STALE_AFTER,
    Reconciliation,
)
from printora_integration.reconciliation.run import AlreadyRunningError
from tests.integration.order_list import OrderVendor, failure, run
from tests.integration.sessions import NOON

pytestmark = pytest.mark.django_db

State = Reconciliation.State


def test_outage_ends_the_run_as_failed_and_the_next_resumes_there(printora: OrderVendor) -> None:
    printora.sell("pending", count=350)

    def go_down(request: httpx.Request) -> httpx.Response | None:
        down = request.method == "GET" and int(request.url.params["offset"]) > 200
        return failure(500) if down else None

    printora.before = go_down
    failed = run(printora)
    assert (failed.state, failed.error) == (State.FAILED, "500 NO: No.")
    assert 150 < failed.orders_seen < 300
    assert printora.resends == []
    printora.before, printora.offsets = (lambda request: None), []
    done = run(printora)
    assert done.state == State.COMPLETE
    assert done.first_offset == printora.offsets[0] == failed.orders_seen - 100
    assert Order.objects.count() == 350


def test_run_after_one_that_failed_at_its_details_begins_at_the_top(
    printora: OrderVendor,
) -> None:
    printora.sell("paid")
    printora.before = lambda request: failure(500) if request.method == "POST" else None
    failed = run(printora)
    assert (failed.state, Order.objects.get().status) == (State.FAILED, "paid")
    assert run(printora).first_offset == 0


def test_run_that_saw_no_order_is_not_resumed(printora: OrderVendor) -> None:
    printora.sell("paid")
    printora.before = lambda request: failure(500)
    assert run(printora).state == State.FAILED
    printora.before = lambda request: None
    assert run(printora).first_offset == 0


def test_run_out_of_time_pauses_and_the_next_resumes(printora: OrderVendor) -> None:
    printora.sell("pending", at=NOON, count=350)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        paused = run(printora, full=False, budget=0)
        assert (paused.state, paused.orders_seen) == (State.PAUSED, 50)
        while not run(printora, full=False, budget=0).reached_end:
            assert Reconciliation.objects.count() < 20
    assert Order.objects.count() == 350


def test_run_out_of_time_at_its_details_pauses_and_the_next_requests_the_others(
    printora: OrderVendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    printora.sell("shipped")
    clock = SimpleNamespace(monotonic=lambda: len(printora.resends))  # a call takes a second
    monkeypatch.setattr("printora_integration.reconciliation.run.time", clock)
    first = run(printora, budget=0.5)
    assert (first.state, first.reached_end, first.resends_requested) == (State.PAUSED, True, 1)
    # A full run requests again what was requested before, but last.
    run(printora, budget=0.5)
    run(printora, budget=0.5)
    assert len(set(printora.resends)) == 3
    assert run(printora, budget=60).state == State.COMPLETE


def test_run_whose_worker_died_is_interrupted_and_resumed(printora: OrderVendor) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        dead = Reconciliation.objects.start(is_full=True)
        assert dead is not None
        dead.orders_seen = 300
        dead.save_progress()
        clock.shift(STALE_AFTER)
        with pytest.raises(AlreadyRunningError):
            run(printora)
        clock.shift(timedelta(seconds=1))
        assert run(printora).first_offset == 200
    dead.refresh_from_db()
    assert (dead.state, dead.finished_at) == (State.INTERRUPTED, NOON)
    assert "died" in dead.error


def test_run_that_was_taken_for_dead_stops_at_its_next_heartbeat(printora: OrderVendor) -> None:
    printora.sell("pending", count=200)
    ours: list[Reconciliation] = []

    def take_for_dead(progress: Reconciliation) -> None:
        ours.append(progress)
        Reconciliation.objects.update(state=State.INTERRUPTED, error="Dead.")

    stopped = run(printora, progress=take_for_dead)
    assert (stopped.state, stopped.error) == (State.INTERRUPTED, "Dead.")
    assert len(ours) == 1
