"""A session expires when its time is over, and not before it was checked with Printora."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from printora_integration.models import LINK_LIFETIME, SESSION_LIFETIME, PrintSession
from printora_integration.print_sessions.refresh import refresh_sessions
from printora_integration.tasks import expire_sessions
from tests.integration.printora import client_for
from tests.integration.sessions import (
    MINUTE,
    NOON,
    aged_session,
    session_with_status,
    status_after_refresh,
)

pytestmark = pytest.mark.django_db

Status = PrintSession.Status


# --- Links that nobody visited --------------------------------------------------------------------


def session_of(status: str, *, age: timedelta) -> PrintSession:
    with time_machine.travel(NOON - age, tick=False):
        return PrintSession.objects.create(
            visitor=uuid.uuid4().hex, reference="dune", title="Dune", status=status
        )


@pytest.mark.parametrize("status", [Status.NEW, Status.PENDING])
def test_session_whose_link_has_ended_expires(status: str) -> None:
    old = session_of(status, age=timedelta(minutes=16))
    young = session_of(status, age=timedelta(minutes=14))
    with time_machine.travel(NOON, tick=False):
        assert expire_sessions() == 1
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.status, young.status) == (Status.EXPIRED, status)
    assert old.updated_at == NOON


@pytest.mark.parametrize(
    "status", [Status.ACTIVE, Status.COMPLETED, Status.CANCELLED, Status.EXPIRED]
)
def test_session_that_is_not_waiting_does_not_expire(status: str) -> None:
    old = session_of(status, age=timedelta(days=1))
    assert expire_sessions() == 0
    old.refresh_from_db()
    assert old.status == status


def test_expiring_takes_one_query(django_assert_num_queries: Any) -> None:
    for _number in range(5):
        session_of(Status.PENDING, age=timedelta(hours=1))
    assert connection.connection is not None
    with django_assert_num_queries(1):
        expire_sessions()


# --- Visits ---------------------------------------------------------------------------------------


def test_visited_session_lives_a_day_from_the_first_visit(noon: Any) -> None:
    row = aged_session(age=LINK_LIFETIME)
    PrintSession.objects.all().mark_visited()
    noon.shift(SESSION_LIFETIME)
    assert expire_sessions() == 0
    noon.shift(timedelta(seconds=1))
    assert expire_sessions() == 1
    row.refresh_from_db()
    assert row.status == Status.EXPIRED


def test_second_visit_does_not_begin_the_day_anew(noon: Any) -> None:
    aged_session(age=timedelta(0))
    PrintSession.objects.all().mark_visited()
    noon.shift(MINUTE)
    PrintSession.objects.all().mark_visited()
    PrintSession.objects.all().mark(Status.ACTIVE)
    assert PrintSession.objects.get().visited_at == NOON


def test_ended_link_waits_for_printoras_answer_before_it_expires(noon: Any) -> None:
    row = aged_session(age=17 * MINUTE)
    assert expire_sessions() == 0
    assert status_after_refresh(row, session_with_status("pending")) == Status.PENDING
    assert expire_sessions() == 1


def test_visit_in_a_links_last_minute_is_seen(noon: Any) -> None:
    row = aged_session(age=timedelta(0))
    for _minute in range(20):  # Printora says "active" from the first to the last of them
        noon.shift(MINUTE)
        expire_sessions()
        refresh_sessions(client=client_for(session_with_status("active")))
    row.refresh_from_db()
    assert row.status == Status.ACTIVE


@pytest.mark.usefixtures("noon")
def test_ended_link_expires_when_printora_does_not_answer_for_long() -> None:
    aged_session(age=27 * MINUTE)
    assert expire_sessions() == 1


@pytest.mark.usefixtures("noon")
def test_session_without_a_response_expires_at_once() -> None:
    aged_session(Status.NEW, age=16 * MINUTE)
    assert expire_sessions() == 1
