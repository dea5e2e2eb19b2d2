"""What became of a session is kept true: from Printora's API, its events, and the clock."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import time_machine

from printora_integration.client import PrintoraClient
from printora_integration.models import LINK_LIFETIME, SESSION_LIFETIME, PrintSession, WebhookEvent
from printora_integration.print_sessions import refresh
from printora_integration.print_sessions.refresh import due, refresh_sessions
from printora_integration.print_sessions.start import start_print_session
from printora_integration.tasks import expire_sessions
from tests.integration.printora import Printora, client_for, refuse_all
from tests.sandbox.visitor import Opened, Visitor
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

Status = PrintSession.Status
NOON = datetime(2026, 2, 27, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def noon() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def session(status: str = Status.PENDING, *, age: timedelta, **facts: Any) -> PrintSession:
    row = PrintSession.objects.create(
        visitor=uuid.uuid4().hex,
        reference="dune",
        title="Dune",
        status=status,
        session_id=uuid.uuid4().hex,
        **facts,
    )
    PrintSession.objects.filter(pk=row.pk).update(created_at=datetime.now(UTC) - age)
    row.refresh_from_db()
    return row


def told(status: str | None, **facts: Any) -> Printora:
    data = {"sessionId": "s1", "status": status} | facts
    return Printora({"success": True, "data": data})


def status_after(row: PrintSession, vendor: Any) -> str:
    refresh_sessions(client=client_for(vendor))
    row.refresh_from_db()
    return row.status


# --- From the API ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("pending", Status.PENDING),
        ("active", Status.ACTIVE),
        ("completed", Status.COMPLETED),
        ("expired", Status.EXPIRED),
        ("cancelled", Status.CANCELLED),
        ("on_hold", Status.PENDING),
        (None, Status.PENDING),
    ],
)
def test_unvisited_link_becomes_what_printora_says(said: str | None, becomes: str) -> None:
    row = session(age=17 * MINUTE)
    assert status_after(row, told(said)) == becomes
    assert row.last_checked_at == NOON
    assert row.visited_at == (NOON if becomes == Status.ACTIVE else None)


@pytest.mark.usefixtures("noon")
def test_order_in_the_response_counts_for_more_than_the_status() -> None:
    row = session(age=17 * MINUTE)
    assert status_after(row, told("cancelled", order={"id": "o1"})) == Status.COMPLETED


@pytest.mark.usefixtures("noon")
def test_order_event_counts_for_more_than_what_the_api_says() -> None:
    row = session(age=17 * MINUTE)
    WebhookEvent.objects.create(
        session_id=row.session_id or "", event="order.created", occurred_at=NOON, body="{}"
    )
    assert status_after(row, told("expired")) == Status.COMPLETED


@pytest.mark.usefixtures("noon")
def test_session_that_printora_does_not_know_is_over() -> None:
    row = session(age=17 * MINUTE)
    gone = Printora({"error": {"code": "NOT_FOUND", "message": "No."}}, status=404)
    assert status_after(row, gone) == Status.EXPIRED


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("closed", [Status.COMPLETED, Status.CANCELLED, Status.EXPIRED])
def test_closed_session_is_not_asked_about(closed: str) -> None:
    session(closed, age=17 * MINUTE)
    assert refresh_sessions(client=client_for(refuse_all)) == 0


def test_unvisited_link_is_asked_about_once_when_it_is_over(noon: Any) -> None:
    row = session(age=timedelta(0))
    noon.shift(16 * MINUTE)
    assert refresh_sessions(client=client_for(refuse_all)) == 0
    noon.shift(MINUTE)
    assert status_after(row, told("pending")) == Status.PENDING
    noon.shift(2 * MINUTE)
    assert refresh_sessions(client=client_for(refuse_all)) == 0


def test_visited_session_is_asked_about_every_hour_and_more_often_in_its_last(noon: Any) -> None:
    row = session(Status.ACTIVE, age=timedelta(0), visited_at=NOON, last_checked_at=NOON)
    noon.shift(59 * MINUTE)
    assert not due(datetime.now(UTC)).exists()
    noon.shift(2 * MINUTE)
    assert status_after(row, told("active")) == Status.ACTIVE
    noon.shift(SESSION_LIFETIME - 90 * MINUTE)
    assert refresh_sessions(client=client_for(told("active"))) == 1
    noon.shift(11 * MINUTE)
    assert refresh_sessions(client=client_for(told("active"))) == 1


@pytest.mark.usefixtures("noon")
def test_one_run_asks_about_so_many_and_links_go_first() -> None:
    for _number in range(3):
        session(Status.ACTIVE, age=timedelta(hours=5), visited_at=NOON - timedelta(hours=5))
    link = session(age=17 * MINUTE)
    vendor = told("active")
    assert refresh_sessions(client=client_for(vendor), most=2) == 2
    assert vendor.calls[0] == f"GET /partner-session/{link.session_id}"
    assert len(vendor.calls) == 2


@pytest.mark.usefixtures("noon")
def test_run_that_takes_long_leaves_the_rest_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "_LONGEST", -1)
    session(age=17 * MINUTE)
    assert refresh_sessions(client=client_for(refuse_all)) == 0


@pytest.mark.usefixtures("noon")
def test_outage_ends_the_run_after_one_call() -> None:
    rows = [session(age=17 * MINUTE) for _number in range(3)]
    down = Printora({"error": "down"}, status=500)
    assert refresh_sessions(client=client_for(down)) == 0
    assert len(down.calls) == 1
    rows[0].refresh_from_db()
    assert (rows[0].status, rows[0].last_checked_at) == (Status.PENDING, None)


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("status", [400, 403, 422])
def test_session_that_printora_refuses_does_not_hold_up_the_others(status: int) -> None:
    rows = [session(age=17 * MINUTE) for _number in range(2)]

    def answer(request: httpx.Request) -> httpx.Response:
        if str(rows[0].session_id) in str(request.url):
            return httpx.Response(status, json={"error": {"code": "NO", "message": "No."}})
        return told("active")(request)

    assert refresh_sessions(client=client_for(answer)) == 2
    assert refresh_sessions(client=client_for(refuse_all)) == 0
    for row in rows:
        row.refresh_from_db()
    assert [row.status for row in rows] == [Status.PENDING, Status.ACTIVE]


# A key that is refused is refused for all of them.
@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("status", [401, 429, 500])
def test_answer_that_is_about_all_sessions_ends_the_run(status: int) -> None:
    for _number in range(2):
        session(age=17 * MINUTE)
    vendor = Printora({"error": "no"}, status=status)
    assert refresh_sessions(client=client_for(vendor, deadline=0.1)) == 0
    assert len(vendor.calls) == 1
    assert not PrintSession.objects.exclude(last_checked_at=None).exists()


# --- The clock ------------------------------------------------------------------------------------


def test_visited_session_lives_a_day_from_the_first_visit(noon: Any) -> None:
    row = session(age=LINK_LIFETIME)
    PrintSession.objects.all().mark_visited()
    noon.shift(SESSION_LIFETIME)
    assert expire_sessions() == 0
    noon.shift(timedelta(seconds=1))
    assert expire_sessions() == 1
    row.refresh_from_db()
    assert row.status == Status.EXPIRED


def test_second_visit_does_not_begin_the_day_anew(noon: Any) -> None:
    session(age=timedelta(0))
    PrintSession.objects.all().mark_visited()
    noon.shift(MINUTE)
    PrintSession.objects.all().mark_visited()
    PrintSession.objects.all().mark(Status.ACTIVE)
    assert PrintSession.objects.get().visited_at == NOON


def test_ended_link_waits_for_printoras_word_before_it_expires(noon: Any) -> None:
    row = session(age=17 * MINUTE)
    assert expire_sessions() == 0
    assert status_after(row, told("pending")) == Status.PENDING
    assert expire_sessions() == 1


def test_visit_in_a_links_last_minute_is_seen(noon: Any) -> None:
    row = session(age=timedelta(0))
    for _minute in range(20):  # Printora says "active" from the first to the last of them
        noon.shift(MINUTE)
        expire_sessions()
        refresh_sessions(client=client_for(told("active")))
    row.refresh_from_db()
    assert row.status == Status.ACTIVE


@pytest.mark.usefixtures("noon")
def test_ended_link_expires_when_printora_keeps_silent_for_long() -> None:
    session(age=27 * MINUTE)
    assert expire_sessions() == 1


@pytest.mark.usefixtures("noon")
def test_session_without_a_response_expires_at_once() -> None:
    session(Status.NEW, age=16 * MINUTE)
    assert expire_sessions() == 1


# --- Against the sandbox --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with SandboxProcess() as process:
        yield process


@pytest.fixture
def client(sandbox: SandboxProcess) -> Iterator[PrintoraClient]:
    client = PrintoraClient(base_url=sandbox.url, api_key=sandbox.api_key, deadline=30)
    yield client
    client.close()


@pytest.fixture
def click(sandbox: SandboxProcess, client: PrintoraClient, settings: Any) -> Any:
    settings.PRINTORA_REDIRECT_HOSTS = [sandbox.url]

    def _click() -> PrintSession:
        return start_print_session(
            visitor="v1",
            reference="dune",
            title="Dune",
            back_url="/art/dune/",
            image_url="http://localhost:8000/static/art/dune.jpg",
            client=client,
        )

    return _click


def visitor_of(row: PrintSession) -> Visitor:
    token = row.redirect_url.rsplit("/", 1)[1]
    return Visitor(Opened(row.session_id or "", row.redirect_url, token))


def when_the_link_is_over() -> None:
    PrintSession.objects.update(created_at=datetime.now(UTC) - 17 * MINUTE)


def test_visitor_who_looked_around_gets_the_same_link_for_a_day(
    click: Any, client: PrintoraClient
) -> None:
    first = click()
    visitor_of(first).look()
    when_the_link_is_over()
    assert refresh_sessions(client=client) == 1
    PrintSession.objects.update(created_at=datetime.now(UTC) - timedelta(hours=20))
    expire_sessions()
    again = click()
    assert (again.pk, again.redirect_url) == (first.pk, first.redirect_url)
    assert again.status == Status.ACTIVE


def test_visitor_who_gave_up_and_closed_the_window_gets_a_new_link(
    click: Any, client: PrintoraClient
) -> None:
    first = click()
    visitor_of(first).leave()
    when_the_link_is_over()
    refresh_sessions(client=client)
    first.refresh_from_db()
    assert first.status == Status.CANCELLED
    assert click().redirect_url != first.redirect_url


def test_order_whose_webhooks_were_all_lost_completes_the_session(
    click: Any, client: PrintoraClient
) -> None:
    first = click()
    visitor_of(first).pay()
    when_the_link_is_over()
    refresh_sessions(client=client)
    first.refresh_from_db()
    assert first.status == Status.COMPLETED
