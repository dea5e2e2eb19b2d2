"""A link is used again while it lives; one that is over, or was ordered with, is replaced."""

from datetime import timedelta

import pytest
import time_machine

from printora_integration.exceptions import PrintoraError, TransportError
from printora_integration.models import LINK_LIFETIME, PrintSession
from tests.integration.sessions import LINK, NOON, SessionVendor, click, store_event

pytestmark = pytest.mark.django_db

Status = PrintSession.Status


def test_link_is_reused_while_it_lives() -> None:
    vendor = SessionVendor()
    with time_machine.travel(NOON, tick=False):
        first = click(vendor)
    with time_machine.travel(NOON + LINK_LIFETIME, tick=False):
        assert click(vendor).pk == first.pk


def click_twice(vendor: SessionVendor) -> tuple[PrintSession, PrintSession]:
    """Click, and again a second after the link has ended."""
    with time_machine.travel(NOON, tick=False):
        first = click(vendor)
    with time_machine.travel(NOON + LINK_LIFETIME + timedelta(seconds=1), tick=False):
        second = click(vendor)
    first.refresh_from_db()
    return first, second


@pytest.mark.parametrize("status", ["pending", "expired", 403, 404, 500])
def test_ended_link_is_replaced(status: int | str) -> None:
    vendor = SessionVendor()
    vendor.status = status
    first, second = click_twice(vendor)
    assert (first.status, second.status) == (Status.EXPIRED, Status.PENDING)
    assert len(set(vendor.keys)) == 2


def test_ended_link_that_was_visited_after_all_is_used_again() -> None:
    vendor = SessionVendor()
    vendor.status = "active"
    first, second = click_twice(vendor)
    assert (first.pk, first.status) == (second.pk, Status.ACTIVE)
    assert len(vendor.keys) == 1


def test_ended_link_stays_when_printora_does_not_answer() -> None:
    vendor = SessionVendor()
    vendor.status = 0
    with pytest.raises(TransportError):
        click_twice(vendor)
    assert PrintSession.objects.get().status == Status.PENDING


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.CANCELLED, Status.EXPIRED])
def test_session_that_is_over_is_not_found_again(status: str) -> None:
    vendor = SessionVendor()
    first = click(vendor)
    PrintSession.objects.update(status=status)
    assert click(vendor).pk != first.pk
    assert len(set(vendor.keys)) == 2


# --- Orders ---------------------------------------------------------------------------------------


def test_session_that_was_ordered_during_the_call_stays_completed() -> None:
    vendor = SessionVendor()

    def order_arrives() -> None:
        PrintSession.objects.update(status=Status.COMPLETED)

    vendor.before = order_arrives
    click(vendor)
    assert PrintSession.objects.get().status == Status.COMPLETED


@pytest.mark.parametrize("event", ["order.created", "order.shipped"])
def test_order_that_came_in_before_the_response_completes_the_session(event: str) -> None:
    vendor = SessionVendor(session_id="sess_1")
    vendor.before = lambda: store_event(event)
    assert click(vendor).redirect_url == LINK
    assert PrintSession.objects.get().status == Status.COMPLETED
    vendor.before, vendor.session_id = lambda: None, "sess_2"
    click(vendor)
    assert len(set(vendor.keys)) == 2


def test_event_that_is_no_order_completes_nothing() -> None:
    vendor = SessionVendor(session_id="sess_1")
    vendor.before = lambda: store_event("session.visited")
    assert click(vendor).status == Status.PENDING


def test_order_without_effect_on_its_session_completes_it_at_the_next_click() -> None:
    vendor = SessionVendor(session_id="sess_1")
    first = click(vendor)
    store_event("order.created")
    vendor.session_id = "sess_2"
    assert click(vendor).pk != first.pk
    first.refresh_from_db()
    assert first.status == Status.COMPLETED


def test_choice_that_loses_every_race_is_a_printora_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printora_integration.models.sessions._MAX_TRIES", 0)
    with pytest.raises(PrintoraError, match="Too many choices"):
        click(SessionVendor())
