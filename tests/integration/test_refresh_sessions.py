"""Open sessions are checked with Printora: when that helps, and not too often."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from printora_integration.models import SESSION_LIFETIME, PrintSession, WebhookEvent
from printora_integration.print_sessions import refresh
from printora_integration.print_sessions.refresh import refresh_sessions, sessions_to_refresh
from tests.integration.printora import Printora, client_for, refuse_all
from tests.integration.sessions import (
    MINUTE,
    NOON,
    aged_session,
    session_with_status,
    status_after_refresh,
)

pytestmark = pytest.mark.django_db

Status = PrintSession.Status


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("status", "expected"),
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
def test_unvisited_link_becomes_what_printora_says(status: str | None, expected: str) -> None:
    row = aged_session(age=17 * MINUTE)
    assert status_after_refresh(row, session_with_status(status)) == expected
    assert row.last_checked_at == NOON
    assert row.visited_at == (NOON if expected == Status.ACTIVE else None)


@pytest.mark.usefixtures("noon")
def test_order_in_the_response_counts_for_more_than_the_status() -> None:
    row = aged_session(age=17 * MINUTE)
    assert (
        status_after_refresh(row, session_with_status("cancelled", order={"id": "o1"}))
        == Status.COMPLETED
    )


@pytest.mark.usefixtures("noon")
def test_order_event_counts_for_more_than_the_api() -> None:
    row = aged_session(age=17 * MINUTE)
    WebhookEvent.objects.create(
        session_id=row.session_id or "", event="order.created", occurred_at=NOON, body="{}"
    )
    assert status_after_refresh(row, session_with_status("expired")) == Status.COMPLETED


@pytest.mark.usefixtures("noon")
def test_session_that_printora_does_not_know_is_over() -> None:
    row = aged_session(age=17 * MINUTE)
    gone = Printora({"error": {"code": "NOT_FOUND", "message": "No."}}, status=404)
    assert status_after_refresh(row, gone) == Status.EXPIRED


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("status", [Status.COMPLETED, Status.CANCELLED, Status.EXPIRED])
def test_session_that_is_over_is_not_checked(status: str) -> None:
    aged_session(status, age=17 * MINUTE)
    assert refresh_sessions(client=client_for(refuse_all)) == 0


def test_unvisited_link_is_checked_once_when_it_has_ended(noon: Any) -> None:
    row = aged_session(age=timedelta(0))
    noon.shift(16 * MINUTE)
    assert refresh_sessions(client=client_for(refuse_all)) == 0
    noon.shift(MINUTE)
    assert status_after_refresh(row, session_with_status("pending")) == Status.PENDING
    noon.shift(2 * MINUTE)
    assert refresh_sessions(client=client_for(refuse_all)) == 0


def test_visited_session_is_checked_every_hour_and_more_often_in_its_last(noon: Any) -> None:
    row = aged_session(Status.ACTIVE, age=timedelta(0), visited_at=NOON, last_checked_at=NOON)
    noon.shift(59 * MINUTE)
    assert not sessions_to_refresh(datetime.now(UTC)).exists()
    noon.shift(2 * MINUTE)
    assert status_after_refresh(row, session_with_status("active")) == Status.ACTIVE
    noon.shift(SESSION_LIFETIME - 90 * MINUTE)
    assert refresh_sessions(client=client_for(session_with_status("active"))) == 1
    noon.shift(11 * MINUTE)
    assert refresh_sessions(client=client_for(session_with_status("active"))) == 1


@pytest.mark.usefixtures("noon")
def test_run_checks_as_many_as_its_limit_and_links_first() -> None:
    for _number in range(3):
        aged_session(Status.ACTIVE, age=timedelta(hours=5), visited_at=NOON - timedelta(hours=5))
    link = aged_session(age=17 * MINUTE)
    vendor = session_with_status("active")
    assert refresh_sessions(client=client_for(vendor), limit=2) == 2
    assert vendor.calls[0] == f"GET /partner-session/{link.session_id}"
    assert len(vendor.calls) == 2


@pytest.mark.usefixtures("noon")
def test_run_that_takes_long_leaves_the_rest_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "_MAX_SECONDS", -1)
    aged_session(age=17 * MINUTE)
    assert refresh_sessions(client=client_for(refuse_all)) == 0


@pytest.mark.usefixtures("noon")
def test_outage_ends_the_run_after_one_call() -> None:
    rows = [aged_session(age=17 * MINUTE) for _number in range(3)]
    down = Printora({"error": "down"}, status=500)
    assert refresh_sessions(client=client_for(down)) == 0
    assert len(down.calls) == 1
    rows[0].refresh_from_db()
    assert (rows[0].status, rows[0].last_checked_at) == (Status.PENDING, None)


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("status", [400, 403, 422])
def test_session_that_printora_refuses_does_not_hold_up_the_others(status: int) -> None:
    rows = [aged_session(age=17 * MINUTE) for _number in range(2)]

    def answer(request: httpx.Request) -> httpx.Response:
        if str(rows[0].session_id) in str(request.url):
            return httpx.Response(status, json={"error": {"code": "NO", "message": "No."}})
        return session_with_status("active")(request)

    assert refresh_sessions(client=client_for(answer)) == 2
    assert refresh_sessions(client=client_for(refuse_all)) == 0
    for row in rows:
        row.refresh_from_db()
    assert [row.status for row in rows] == [Status.PENDING, Status.ACTIVE]


# A key that is refused is refused for all of them.
@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("status", [401, 429, 500])
def test_error_that_concerns_all_sessions_ends_the_run(status: int) -> None:
    for _number in range(2):
        aged_session(age=17 * MINUTE)
    vendor = Printora({"error": "no"}, status=status)
    assert refresh_sessions(client=client_for(vendor, deadline=0.1)) == 0
    assert len(vendor.calls) == 1
    assert not PrintSession.objects.exclude(last_checked_at=None).exists()
