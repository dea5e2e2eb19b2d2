"""The pages a visitor comes back to tell the truth, and only to that visitor."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from orders.models import Order
from printora_integration.models import PrintSession
from printora_integration.print_sessions.refresh import due
from tests.helpers import ORDER, SESSION, deliver, webhook

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db

SUCCESS, STATE, FAILED = "/callback/success/", "/callback/success/state/", "/callback/failed/"
NOON = datetime(2026, 2, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def visitor(client: Client) -> Client:
    """Return the browser of a visitor whose print session SESSION is at the editor."""
    request = client.get(SUCCESS, {"sessionId": "any"}).wsgi_request
    visitor_id = request._printora_visitor  # type: ignore[attr-defined]
    PrintSession.objects.create(
        visitor=visitor_id,
        reference="dune",
        title="Dune at dusk",
        image_url="http://localhost:8000/static/art/dune.jpg",
        back_url="/art/dune/",
        session_id=SESSION,
        redirect_url="https://printora.ai/en/print/tok_1",
        status=PrintSession.Status.PENDING,
    )
    return client


def come_back(visitor: Client, address: str = SUCCESS, **query: str) -> "Response":
    return visitor.get(address, {"sessionId": SESSION} | query)


def state_of(response: "Response") -> str:
    state: str = response.context["state"]
    return state


# --- Success --------------------------------------------------------------------------------------


def test_visitor_who_is_back_before_the_webhook_waits(visitor: Client) -> None:
    page = come_back(visitor, orderId=ORDER)
    assert (page.status_code, state_of(page)) == (200, "waiting")
    # Anyone with a session of their own can open this page: it must not speak of a payment made.
    assert "Waiting for Printora’s confirmation" in page.content.decode()
    assert "Payment received" not in page.content.decode()


def test_query_string_is_not_believed(visitor: Client) -> None:
    page = come_back(visitor, orderId="PR-FORGED", status="paid", state="confirmed")
    assert state_of(page) == "waiting"
    assert page.context["order"] is None


def test_order_that_is_only_created_still_waits(visitor: Client, vendor: Client) -> None:
    deliver(vendor, webhook("order.created"))
    assert state_of(come_back(visitor)) == "waiting"


@pytest.mark.parametrize("event", ["order.paid", "order.shipped", "order.delivered"])
def test_paid_order_is_confirmed(visitor: Client, vendor: Client, event: str) -> None:
    deliver(vendor, webhook(event))
    page = come_back(visitor)
    assert state_of(page) == "confirmed"
    assert ORDER in page.content.decode()


@pytest.mark.parametrize(
    ("event", "heading"), [("order.shipped", "On its way"), ("order.delivered", "Delivered")]
)
def test_page_of_a_parcel_says_where_it_is(
    visitor: Client, vendor: Client, event: str, heading: str
) -> None:
    deliver(vendor, webhook(event))
    page = come_back(visitor).content.decode()
    assert f"<h1>{heading}</h1>" in page
    assert "will print" not in page


def test_cancelled_order_says_so(visitor: Client, vendor: Client) -> None:
    deliver(vendor, webhook("order.paid"))
    deliver(vendor, webhook("order.cancelled"))
    assert state_of(come_back(visitor)) == "cancelled"


@pytest.mark.parametrize("address", [SUCCESS, FAILED])
def test_another_visitor_sees_nothing_of_the_order(
    visitor: Client, vendor: Client, address: str
) -> None:
    deliver(vendor, webhook("order.paid", {"orderNumber": "PR-4711"}))
    answer = come_back(Client(), address)
    assert (answer.status_code, state_of(answer)) == (404, "unknown")
    assert "PR-4711" not in answer.content.decode()
    assert "Dune" not in answer.content.decode()


@pytest.mark.parametrize("address", [SUCCESS, STATE, FAILED])
@pytest.mark.parametrize("session_id", ["", "sess_other", "\x00", "s" * 5000, "\u2028", "\ud800"])
def test_unknown_session_is_unknown(visitor: Client, address: str, session_id: str) -> None:
    query = {"sessionId": session_id.encode("utf-8", "surrogatepass")}
    assert state_of(visitor.get(address, query)) == "unknown"


@pytest.mark.parametrize("address", [SUCCESS, FAILED])
def test_page_without_a_session_is_unknown(visitor: Client, address: str) -> None:
    answer = visitor.get(address)
    assert (answer.status_code, state_of(answer)) == (404, "unknown")


def test_session_written_in_upper_case_is_the_same_session(visitor: Client) -> None:
    page = visitor.get(SUCCESS, {"sessionId": SESSION.upper()})
    assert state_of(page) == "waiting"


@pytest.mark.parametrize("address", [SUCCESS, STATE, FAILED])
def test_page_is_never_cached(visitor: Client, address: str) -> None:
    assert "no-store" in come_back(visitor, address, since="0")["Cache-Control"]


@pytest.mark.parametrize("address", [SUCCESS, STATE, FAILED])
def test_page_is_only_read(visitor: Client, address: str) -> None:
    assert visitor.post(address).status_code == 405


# --- Waiting --------------------------------------------------------------------------------------


def test_page_that_waits_asks_again_by_itself(visitor: Client) -> None:
    page = come_back(visitor)
    assert page.context["poll_url"].startswith(f"{STATE}?sessionId={SESSION}&since=")
    assert 'hx-trigger="every 2s"' in page.content.decode()
    assert 'http-equiv="refresh"' in page.content.decode()  # where there is no JavaScript


def test_page_that_knows_stops_asking(visitor: Client, vendor: Client) -> None:
    deliver(vendor, webhook("order.paid"))
    page = come_back(visitor).content.decode()
    assert "hx-trigger" not in page
    assert 'http-equiv="refresh"' not in page


def test_poll_answers_204_until_something_changed(visitor: Client, vendor: Client) -> None:
    poll = come_back(visitor).context["poll_url"]
    answer = visitor.get(poll)
    assert (answer.status_code, answer.content) == (204, b"")
    deliver(vendor, webhook("order.created"))
    assert visitor.get(poll).status_code == 204
    deliver(vendor, webhook("order.paid"))
    answer = visitor.get(poll)
    assert (answer.status_code, state_of(answer)) == (200, "confirmed")


def test_poll_answers_a_part_of_the_page(visitor: Client, vendor: Client) -> None:
    deliver(vendor, webhook("order.paid"))
    part = come_back(visitor, STATE).content.decode()
    assert "Confirmed" in part
    assert "<html" not in part


def test_poll_of_another_visitor_learns_nothing(visitor: Client, vendor: Client) -> None:
    deliver(vendor, webhook("order.paid", {"orderNumber": "PR-4711"}))
    answer = come_back(Client(), STATE)
    assert state_of(answer) == "unknown"
    assert "PR-4711" not in answer.content.decode()


def test_after_a_minute_the_page_says_once_that_it_is_safe_to_leave(visitor: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        poll = come_back(visitor).context["poll_url"]
        clock.shift(timedelta(seconds=60))
        assert visitor.get(poll).status_code == 204
        clock.shift(timedelta(seconds=1))
        part = visitor.get(poll)
        assert "It is safe to leave" in part.content.decode()
        # The part brought its own address to ask, which knows that the visitor has been told.
        assert visitor.get(part.context["poll_url"]).status_code == 204


def test_visitor_who_was_told_to_leave_still_sees_the_confirmation(
    visitor: Client, vendor: Client
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        poll = come_back(visitor).context["poll_url"]
        clock.shift(timedelta(minutes=2))
        poll = visitor.get(poll).context["poll_url"]
        deliver(vendor, webhook("order.paid"))
        assert state_of(visitor.get(poll)) == "confirmed"


def test_reload_without_javascript_keeps_the_time_of_waiting(visitor: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        reload = come_back(visitor).context["refresh_url"]
        clock.shift(timedelta(seconds=61))
        assert visitor.get(reload).context["waited_long"] is True


@pytest.mark.parametrize("since", ["", "soon", "-1", "9" * 11, "9" * 5000, "1.5", "٣"])
def test_time_of_waiting_that_makes_no_sense_is_survived(visitor: Client, since: str) -> None:
    assert come_back(visitor, since=since).status_code == 200


# --- Failed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error_code", "state"),
    [("cancelled", "stopped"), ("card_declined", "incomplete"), ("expired", "incomplete")],
)
def test_visitor_whose_payment_did_not_happen_may_try_again(
    visitor: Client, error_code: str, state: str
) -> None:
    page = come_back(visitor, FAILED, error_code=error_code, error_message="Forged words")
    assert (page.status_code, state_of(page)) == (200, state)
    assert 'href="/art/dune/"' in page.content.decode()
    assert "Forged words" not in page.content.decode()


def test_failed_page_closes_the_visitors_own_session(visitor: Client) -> None:
    come_back(visitor, FAILED, error_code="cancelled")
    assert PrintSession.objects.get().status == PrintSession.Status.CANCELLED


@pytest.mark.parametrize("reason", [{}, {"error_code": "card_declined"}])
def test_failed_page_of_another_reason_says_that_the_visitor_was_at_the_editor(
    visitor: Client, reason: dict[str, str]
) -> None:
    come_back(visitor, FAILED, **reason)
    session = PrintSession.objects.get()
    assert session.status == PrintSession.Status.ACTIVE
    assert session.visited_at is not None


def test_failed_page_of_a_link_that_ran_out_expires_the_session(visitor: Client) -> None:
    come_back(visitor, FAILED, error_code="expired")
    assert PrintSession.objects.get().status == PrintSession.Status.EXPIRED


def test_success_page_says_that_the_visitor_was_at_the_editor(visitor: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        come_back(visitor)
        clock.shift(timedelta(minutes=1))
        come_back(visitor)
    session = PrintSession.objects.get()
    assert (session.status, session.visited_at) == (PrintSession.Status.ACTIVE, NOON)


def test_success_page_has_printora_asked_soon_what_came_of_it(visitor: Client) -> None:
    PrintSession.objects.update(
        status=PrintSession.Status.ACTIVE, visited_at=NOON, last_checked_at=timezone.now()
    )
    come_back(visitor)
    assert due(timezone.now()).exists()


def test_success_page_reopens_no_closed_session(visitor: Client) -> None:
    PrintSession.objects.update(status=PrintSession.Status.EXPIRED)
    come_back(visitor)
    assert PrintSession.objects.get().status == PrintSession.Status.EXPIRED


def test_order_counts_for_more_than_giving_up(visitor: Client, vendor: Client) -> None:
    come_back(visitor, FAILED, error_code="cancelled")
    deliver(vendor, webhook("order.created"))
    assert PrintSession.objects.get().status == PrintSession.Status.COMPLETED


def test_page_of_a_session_without_a_picture_shows_none(visitor: Client) -> None:
    PrintSession.objects.update(image_url="")
    assert "<img" not in come_back(visitor).content.decode()


def test_failed_page_closes_nobody_elses_session(visitor: Client) -> None:
    come_back(Client(), FAILED, error_code="cancelled")
    come_back(Client(), SUCCESS)
    assert PrintSession.objects.get().status == PrintSession.Status.PENDING


def test_failed_page_does_not_close_an_ordered_session(visitor: Client, vendor: Client) -> None:
    deliver(vendor, webhook("order.paid"))
    page = come_back(visitor, FAILED, error_code="cancelled")
    assert state_of(page) == "confirmed"
    assert PrintSession.objects.get().status == PrintSession.Status.COMPLETED
    assert Order.objects.get().status == Order.Status.PAID


@pytest.mark.parametrize("error_code", ["cancelled", "card_declined"])
@pytest.mark.parametrize("paid", ["order.paid", "order.shipped"])
def test_failed_page_of_a_cancelled_order_that_was_paid_speaks_of_the_money(
    visitor: Client, vendor: Client, paid: str, error_code: str
) -> None:
    deliver(vendor, webhook(paid))
    deliver(vendor, webhook("order.cancelled"))
    page = come_back(visitor, FAILED, error_code=error_code)
    assert state_of(page) == "cancelled"
    assert "If you paid, Printora pays you back" in page.content.decode()


@pytest.mark.parametrize(
    ("error_code", "state"),
    [("cancelled", "stopped"), ("card_declined", "incomplete"), ("expired", "incomplete")],
)
def test_failed_page_of_an_order_never_paid_offers_another_try(
    visitor: Client, vendor: Client, error_code: str, state: str
) -> None:
    deliver(vendor, webhook("order.created"))
    deliver(vendor, webhook("order.cancelled"))
    assert state_of(come_back(visitor, FAILED, error_code=error_code)) == state


def test_failed_page_does_not_promise_that_nothing_was_charged(visitor: Client) -> None:
    # The payment's webhook may still be on its way.
    for error_code in ("cancelled", "card_declined"):
        page = come_back(visitor, FAILED, error_code=error_code).content.decode()
        assert [
            words for words in ("nothing was charged", "Nothing was ordered") if words in page
        ] == []


@pytest.mark.parametrize(
    ("image_url", "shown"),
    [
        ("http://localhost:8000/static/art/dune.jpg", "/static/art/dune.jpg"),
        ("http://localhost:80001/dune.jpg", "http://localhost:80001/dune.jpg"),
        ("https://cdn.example.com/dune.jpg", "https://cdn.example.com/dune.jpg"),
    ],
)
def test_picture_of_ours_is_asked_of_the_host_that_shows_the_page(
    visitor: Client, image_url: str, shown: str
) -> None:
    # The policy allows pictures of the same origin only, and 127.0.0.1 is not localhost.
    PrintSession.objects.update(image_url=image_url)
    assert f'<img src="{shown}"' in come_back(visitor).content.decode()
