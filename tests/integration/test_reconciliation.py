"""Reconciliation: what webhooks did not bring, Printora's own list of orders does."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import httpx
import pytest
import time_machine
from celery import current_app
from django.test import Client

from orders.models import Order
from printora_integration.client import PrintoraClient
from printora_integration.models import WebhookEvent
from printora_integration.reconciliation.models import (
    RETENTION,
    RETRY_DELAYS,
    STALE_AFTER,
    DetailsRequest,
    Reconciliation,
)
from printora_integration.reconciliation.run import GRACE, RECENT, AlreadyRunningError, reconcile
from printora_integration.reconciliation.tasks import reconcile_orders
from printora_integration.retention import anonymise_events, events_to_anonymise
from printora_integration.signals import order_event
from tests.helpers import at_once, deliver, webhook

pytestmark = pytest.mark.django_db

State = Reconciliation.State
NOON = datetime(2026, 2, 27, 12, 0, tzinfo=UTC)
Handler = Callable[[httpx.Request], httpx.Response | None]


def session_of(number: int) -> str:
    return str(UUID(int=number + 1))


class Vendor:
    """Hold orders, list them newest first, and take resends, as Printora does."""

    def __init__(self) -> None:
        self.orders: list[dict[str, Any]] = []
        self.resends: list[tuple[str, str]] = []
        self.offsets: list[int] = []
        self.before: Handler = lambda request: None

    def sell(
        self, status: str | None = "paid", *, at: datetime = NOON, **facts: Any
    ) -> dict[str, Any]:
        number = len(self.orders)
        order = {
            "id": f"ord_{number}",
            "orderNumber": f"PR-{number}",
            "status": status,
            "totalAmount": 25.18,
            "currency": "USD",
            "source": "partner",
            "partnershipHistoryId": session_of(number),
            "createdAt": (at - timedelta(days=1)).isoformat(),
            "updatedAt": at.isoformat(),
        } | facts
        self.orders.insert(0, order)
        return order

    def __call__(self, request: httpx.Request) -> httpx.Response:
        answer = self.before(request)
        if answer is not None:
            return answer
        if request.method == "POST":
            body = json.loads(request.content)
            self.resends.append((body["sessionId"], body["eventType"]))
            return success({"webhookLogId": "log_1", "status": "pending"})
        limit, offset = (int(request.url.params[name]) for name in ("limit", "offset"))
        self.offsets.append(offset)
        page = {"total": len(self.orders), "limit": limit, "offset": offset}
        return success({"orders": self.orders[offset : offset + limit], "pagination": page})

    def client(self, **options: Any) -> PrintoraClient:
        usual: dict[str, Any] = {"base_url": "http://vendor", "api_key": "sk_test", "patience": 20}
        return PrintoraClient(transport=httpx.MockTransport(self), **(usual | options))


def success(data: object) -> httpx.Response:
    return httpx.Response(200, json={"success": True, "data": data})


def refuse(status: int, *, code: str = "NO") -> httpx.Response:
    return httpx.Response(status, json={"error": {"code": code, "message": "No."}})


@pytest.fixture
def printora() -> Vendor:
    return Vendor()


def run(vendor: Vendor, *, full: bool = True, **options: Any) -> Reconciliation:
    return reconcile(full=full, client=vendor.client(), **options)


def texts(done: Reconciliation) -> list[str]:
    return [change["text"] for change in done.changes]


# --- What it heals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "events"),
    [
        ("pending", ["created"]),
        ("paid", ["created", "paid"]),
        ("processing", ["created", "paid"]),
        ("shipped", ["created", "paid", "shipped"]),
        ("delivered", ["created", "paid", "shipped", "delivered"]),
        ("cancelled", ["created", "cancelled"]),
    ],
)
def test_order_that_we_never_heard_of_gets_every_event_its_status_implies(
    printora: Vendor, status: str, events: list[str]
) -> None:
    printora.sell(status)
    done = run(printora)
    kept = WebhookEvent.objects.order_by("pk").values_list("event", "source")
    assert list(kept) == [(f"order.{event}", "reconciliation") for event in events]
    order = Order.objects.get()
    assert (order.status, order.order_id, order.order_number) == (status, "ord_0", "PR-0")
    assert (str(order.total_amount), order.currency) == ("25.1800", "USD")
    assert order.ordered_at == NOON - timedelta(days=1)
    assert (done.state, done.orders_seen, done.orders_changed) == (State.COMPLETE, 1, 1)
    assert done.events_recorded == len(events)
    assert texts(done) == [
        f"{', '.join(f'order.{e}' for e in events)} recorded: Printora says {status}."
    ]


def test_only_what_is_missing_is_recorded_and_asked_for(printora: Vendor, vendor: Client) -> None:
    printora.sell("shipped")
    for event in ("order.created", "order.paid"):
        deliver(vendor, webhook(event, {"orderId": "ord_0"}, session=session_of(0)))
    run(printora)
    assert WebhookEvent.objects.get(source="reconciliation").event == "order.shipped"
    assert Order.objects.get().status == "shipped"
    assert printora.resends == [(session_of(0), "order.shipped")]


def test_order_that_is_right_is_not_touched(printora: Vendor, vendor: Client) -> None:
    printora.sell("pending")
    deliver(vendor, webhook("order.created", {"orderId": "ord_0"}, session=session_of(0)))
    before = Order.objects.values().get()
    done = run(printora)
    assert (done.orders_seen, done.orders_changed, done.changes) == (1, 0, [])
    assert Order.objects.values().get() == before
    assert printora.resends == []


def test_cancelled_order_comes_back_and_its_cancellation_is_not_asked_for(
    printora: Vendor, vendor: Client
) -> None:
    printora.sell("cancelled")
    for event in ("order.created", "order.paid"):
        deliver(vendor, webhook(event, {"orderId": "ord_0"}, session=session_of(0)))
    run(printora)
    order = Order.objects.get()
    assert (order.status, order.was_paid, order.cancelled_at) == ("cancelled", True, NOON)
    assert printora.resends == []


def test_resent_webhook_takes_the_place_of_what_was_put_together(
    printora: Vendor, vendor: Client
) -> None:
    printora.sell("paid")
    run(printora)
    data = {"orderId": "ord_0", "customer": {"email": "grace@example.com"}}
    response = deliver(vendor, webhook("order.paid", data, session=session_of(0)))
    assert response.json() == {"received": True, "duplicate": False}
    assert Order.objects.get().customer_email == "grace@example.com"
    assert WebhookEvent.objects.get(event="order.paid").source == "webhook"


def test_second_run_changes_nothing(printora: Vendor) -> None:
    printora.sell("delivered")
    run(printora)
    again = run(printora)
    assert (again.state, again.orders_changed, again.changes) == (State.COMPLETE, 0, [])


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ({"partnershipHistoryId": None}, "names no session"),
        ({"status": "refunded"}, "one that we do not know"),
        ({"status": None}, "one that we do not know"),
    ],
)
def test_order_that_makes_no_sense_is_listed_and_the_others_go_on(
    printora: Vendor, odd: dict[str, Any], said: str
) -> None:
    printora.sell(**({"status": "paid"} | odd))
    printora.sell("paid")
    done = run(printora)
    assert (done.state, done.problems, done.orders_changed) == (State.COMPLETE, 1, 1)
    assert [text for text in texts(done) if said in text]
    assert Order.objects.get().order_id == "ord_1"


def test_session_with_another_order_here_is_left_to_a_person(
    printora: Vendor, vendor: Client
) -> None:
    printora.sell("paid")
    deliver(vendor, webhook("order.created", {"orderId": "ord_x"}, session=session_of(0)))
    done = run(printora)
    assert done.problems == 1
    assert "another order" in texts(done)[0]
    assert Order.objects.get().order_id == "ord_x"
    assert Order.objects.get().status == "pending"


def test_fields_that_events_are_stricter_about_are_left_out(printora: Vendor) -> None:
    printora.sell(
        "paid", currency="US DOLLARS", totalAmount=None, orderNumber="PR\x00", createdAt=None
    )
    done = run(printora)
    assert done.problems == 0
    order = Order.objects.get()
    assert (order.status, order.currency, order.total_amount) == ("paid", "", None)


def test_order_whose_receiver_fails_is_listed_and_the_others_go_on(printora: Vendor) -> None:
    printora.sell("paid")
    printora.sell("paid")

    def fail(*, event: WebhookEvent, **_signal: Any) -> None:
        if event.session_id == session_of(0):
            raise ValueError("customer@example.com")

    order_event.connect(fail)
    try:
        done = run(printora)
    finally:
        order_event.disconnect(fail)
    assert (done.state, done.problems, done.orders_changed) == (State.COMPLETE, 1, 1)
    assert "It could not be recorded: ValueError." in texts(done)


# --- How far it looks -----------------------------------------------------------------------------


def test_all_pages_are_read_though_new_orders_push_the_rows(printora: Vendor) -> None:
    for _number in range(230):
        printora.sell("pending")

    def sell_meanwhile(request: httpx.Request) -> None:
        if request.method == "GET" and request.url.params["offset"] != "0":
            printora.sell("pending")

    printora.before = sell_meanwhile
    done = run(printora)
    assert Order.objects.filter(order_id__in=[f"ord_{n}" for n in range(230)]).count() == 230
    assert done.state == State.COMPLETE


def test_run_by_the_clock_leaves_old_orders_alone_and_a_full_one_does_not(
    printora: Vendor,
) -> None:
    for _number in range(300):
        printora.sell("pending", at=NOON - RECENT)
    printora.sell("pending", at=NOON - timedelta(days=1))
    with time_machine.travel(NOON, tick=False):
        assert run(printora, full=False).state == State.COMPLETE
        assert printora.offsets == [0]
        assert run(printora, full=True).orders_seen == 301
    assert Order.objects.count() == 301


def test_run_by_the_clock_leaves_a_webhook_the_time_to_arrive(printora: Vendor) -> None:
    printora.sell("paid")
    with time_machine.travel(NOON + GRACE - timedelta(seconds=1), tick=False) as clock:
        run(printora, full=False)
        assert not Order.objects.exists()
        clock.shift(timedelta(seconds=2))
        run(printora, full=False)
        assert Order.objects.get().status == "paid"


# --- Details --------------------------------------------------------------------------------------


def test_each_event_is_asked_for_once_a_run(printora: Vendor) -> None:
    printora.sell("delivered")
    done = run(printora)
    asked = sorted(event for _session, event in printora.resends)
    assert asked == ["order.created", "order.delivered", "order.paid", "order.shipped"]
    assert (done.resends_requested, done.resends_refused) == (4, 0)


def test_details_are_asked_for_less_and_less_often_and_then_given_up(printora: Vendor) -> None:
    printora.sell("pending")
    with time_machine.travel(NOON + timedelta(days=1), tick=False) as clock:
        run(printora, full=False)
        for number, pause in enumerate(RETRY_DELAYS, start=1):
            run(printora, full=False)
            assert len(printora.resends) == number
            clock.shift(pause)
            run(printora, full=False)
        clock.shift(timedelta(days=30))
        run(printora, full=False)
        assert len(printora.resends) == 1 + len(RETRY_DELAYS)
        # Somebody who presses the button means it.
        run(printora)
        assert len(printora.resends) == 2 + len(RETRY_DELAYS)


@pytest.mark.parametrize("status", [400, 404])
def test_resend_that_printora_refuses_is_noted_and_not_fatal(printora: Vendor, status: int) -> None:
    printora.sell("paid")
    printora.before = lambda request: refuse(status) if request.method == "POST" else None
    done = run(printora)
    assert (done.state, done.resends_requested, done.resends_refused) == (State.COMPLETE, 0, 2)
    assert DetailsRequest.objects.filter(refusal__startswith=f"{status} NO").count() == 2
    assert Order.objects.get().status == "paid"


# --- One at a time, to the end --------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_runs_at_once_one_says_that_the_other_is_running(printora: Vendor) -> None:
    for _number in range(20):
        printora.sell("paid")

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


def test_outage_ends_the_run_as_failed_and_the_next_goes_on_from_there(printora: Vendor) -> None:
    for _number in range(350):
        printora.sell("pending")

    def go_down(request: httpx.Request) -> httpx.Response | None:
        down = request.method == "GET" and int(request.url.params["offset"]) > 200
        return refuse(500) if down else None

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


def test_run_that_failed_after_all_orders_were_right_leaves_the_next_to_begin_at_the_top(
    printora: Vendor,
) -> None:
    printora.sell("paid")
    printora.before = lambda request: refuse(500) if request.method == "POST" else None
    failed = run(printora)
    assert (failed.state, Order.objects.get().status) == (State.FAILED, "paid")
    assert run(printora).first_offset == 0


def test_run_that_got_nowhere_is_not_gone_on_with(printora: Vendor) -> None:
    printora.sell("paid")
    printora.before = lambda request: refuse(500)
    assert run(printora).state == State.FAILED
    printora.before = lambda request: None
    assert run(printora).first_offset == 0


def test_run_out_of_time_pauses_and_the_next_goes_on(printora: Vendor) -> None:
    for _number in range(350):
        printora.sell("pending", at=NOON)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        paused = run(printora, full=False, budget=0)
        assert (paused.state, paused.orders_seen) == (State.PAUSED, 50)
        while not run(printora, full=False, budget=0).reached_end:
            assert Reconciliation.objects.count() < 20
    assert Order.objects.count() == 350


def test_run_out_of_time_while_asking_for_details_pauses_and_the_next_asks_for_the_others(
    printora: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    printora.sell("shipped")
    clock = SimpleNamespace(monotonic=lambda: len(printora.resends))  # a call takes a second
    monkeypatch.setattr("printora_integration.reconciliation.run.time", clock)
    first = run(printora, budget=0.5)
    assert (first.state, first.reached_end, first.resends_requested) == (State.PAUSED, True, 1)
    # A full run asks again for what was asked for before, but last.
    run(printora, budget=0.5)
    run(printora, budget=0.5)
    assert len(set(printora.resends)) == 3
    assert run(printora, budget=60).state == State.COMPLETE


def test_run_whose_worker_died_gives_way_and_is_gone_on_with(printora: Vendor) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        dead = Reconciliation.objects.start(is_full=True)
        assert dead is not None
        dead.orders_seen = 300
        dead.keep()
        clock.shift(STALE_AFTER)
        with pytest.raises(AlreadyRunningError):
            run(printora)
        clock.shift(timedelta(seconds=1))
        assert run(printora).first_offset == 200
    dead.refresh_from_db()
    assert (dead.state, dead.finished_at) == (State.INTERRUPTED, NOON)
    assert "died" in dead.error


def test_run_that_was_held_for_dead_stops_when_it_wakes(printora: Vendor) -> None:
    for _number in range(200):
        printora.sell("pending")
    ours: list[Reconciliation] = []

    def held_for_dead(progress: Reconciliation) -> None:
        ours.append(progress)
        Reconciliation.objects.update(state=State.INTERRUPTED, error="Dead.")

    stopped = run(printora, progress=held_for_dead)
    assert (stopped.state, stopped.error) == (State.INTERRUPTED, "Dead.")
    assert len(ours) == 1


def test_unforeseen_error_ends_the_run_and_frees_the_lock(printora: Vendor) -> None:
    printora.sell("paid")

    def break_off(_progress: Reconciliation) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(printora, progress=break_off)
    assert Reconciliation.objects.get().error == "It broke off: ZeroDivisionError."
    assert run(printora).state == State.COMPLETE


def test_progress_is_heard_of_while_it_runs(printora: Vendor) -> None:
    for _number in range(120):
        printora.sell("cancelled")
    heard: list[int] = []
    run(printora, progress=lambda done: heard.append(done.orders_seen))
    assert heard[:3] == [50, 100, 120]


def test_run_that_staff_asked_for_is_taken_up_by_the_next_worker(printora: Vendor) -> None:
    asked = Reconciliation.objects.request(requested_by="ada")
    assert Reconciliation.objects.request(requested_by="bob") is None
    done = run(printora, full=False)
    assert done == asked
    assert (done.state, done.is_full, done.requested_by) == (State.COMPLETE, True, "ada")


def test_list_of_changes_is_bounded_and_says_what_it_left_out(printora: Vendor) -> None:
    for _number in range(230):
        printora.sell("cancelled")
    done = run(printora)
    assert (len(done.changes), done.changes_left_out) == (200, 30)


def test_runs_are_kept_for_a_month(printora: Vendor) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        first = run(printora)
        clock.shift(RETENTION)
        run(printora)
        clock.shift(timedelta(seconds=1))
        run(printora)
    assert Reconciliation.objects.count() == 2
    assert not Reconciliation.objects.filter(pk=first.pk).exists()


def test_clock_knows_every_task_that_it_is_to_start(settings: Any) -> None:
    planned = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert reconcile_orders.name in planned
    current_app.loader.import_default_modules()  # as a worker does when it starts
    assert planned <= set(current_app.tasks)


# --- Politeness -----------------------------------------------------------------------------------


def test_rate_limit_is_kept_and_leaves_calls_to_visitors(printora: Vendor) -> None:
    limit, window, reserve = 12, 0.4, 5
    calls: dict[int, int] = {}

    def count(request: httpx.Request) -> None:
        number = int(time.time() / window)
        calls[number] = calls.get(number, 0) + 1

    for _number in range(10):
        printora.sell("paid")
    printora.before = count

    def limited(request: httpx.Request) -> httpx.Response:
        response = printora(request)
        number = int(time.time() / window)
        response.headers["X-RateLimit-Limit"] = str(limit)
        response.headers["X-RateLimit-Remaining"] = str(max(limit - calls.get(number, 0), 0))
        response.headers["X-RateLimit-Reset"] = str((number + 1) * window)
        return response

    client = PrintoraClient(
        base_url="http://vendor",
        api_key="sk_test",
        deadline=5,
        reserve=reserve,
        transport=httpx.MockTransport(limited),
    )
    done = reconcile(full=True, client=client)
    assert (done.state, done.resends_requested) == (State.COMPLETE, 20)
    assert max(calls.values()) <= limit - reserve


# --- What was erased ------------------------------------------------------------------------------

CUSTOMER = {"customer": {"email": "grace@example.com"}, "shippingAddress": {"street": "1 Lane"}}


def erase() -> None:
    anonymise_events(events_to_anonymise())


def test_details_of_an_erased_event_are_never_asked_for(printora: Vendor) -> None:
    printora.sell()
    run(printora)
    erase()
    printora.resends.clear()
    run(printora)
    assert printora.resends == []


def test_signed_event_does_not_replace_an_erased_one(printora: Vendor, vendor: Client) -> None:
    printora.sell()
    run(printora)
    erase()
    heard: list[object] = []
    with listening(heard):
        response = deliver(vendor, webhook("order.paid", CUSTOMER, session=session_of(0)))
    assert response.json()["duplicate"] is True
    paid = WebhookEvent.objects.get(event="order.paid")
    assert (paid.delivery_count, "grace" in paid.body, heard) == (1, False, [])


@pytest.mark.parametrize("event", ["order.paid", "order.novelty"])
def test_event_new_to_an_erased_session_is_kept_without_its_customer(
    vendor: Client, event: str
) -> None:
    deliver(vendor, webhook("order.created"))
    erase()
    heard: list[Any] = []
    with listening(heard):
        response = deliver(vendor, webhook(event, CUSTOMER | {"totalAmount": 25.18}))
    assert response.json()["duplicate"] is False
    kept = WebhookEvent.objects.get(event=event)
    assert kept.anonymised_at is not None
    assert ("grace" in kept.body, "Lane" in kept.body, "25.18" in kept.body) == (False, False, True)
    assert "grace" not in repr(heard)


def test_signed_event_takes_the_place_without_a_customer_where_another_was_erased(
    printora: Vendor, vendor: Client
) -> None:
    printora.sell()
    run(printora)
    anonymise_events(events_to_anonymise().filter(event="order.created"))
    deliver(vendor, webhook("order.paid", CUSTOMER, session=session_of(0)))
    paid = WebhookEvent.objects.get(event="order.paid")
    assert (paid.source, "grace" in paid.body) == ("webhook", False)


@contextmanager
def listening(heard: list[Any]) -> Iterator[None]:
    """Collect the notices that receivers of the hook are told."""

    def hear(notice: object, **_signal: object) -> None:
        heard.append(notice)

    order_event.connect(hear)
    yield
    order_event.disconnect(hear)
