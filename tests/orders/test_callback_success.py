"""The success page shows what our database knows, and only to its visitor."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from printora_integration.models import PrintSession
from printora_integration.print_sessions.refresh import sessions_to_refresh
from tests.helpers import ORDER, SESSION, deliver, webhook
from tests.orders.returning_visitor import FAILED, NOON, STATE, SUCCESS, come_back, state_of

pytestmark = pytest.mark.django_db


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


def test_success_page_says_that_the_visitor_was_at_the_editor(visitor: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        come_back(visitor)
        clock.shift(timedelta(minutes=1))
        come_back(visitor)
    session = PrintSession.objects.get()
    assert (session.status, session.visited_at) == (PrintSession.Status.ACTIVE, NOON)


def test_success_page_makes_its_session_due_for_a_check(visitor: Client) -> None:
    PrintSession.objects.update(
        status=PrintSession.Status.ACTIVE, visited_at=NOON, last_checked_at=timezone.now()
    )
    come_back(visitor)
    assert sessions_to_refresh(timezone.now()).exists()


def test_success_page_reopens_no_closed_session(visitor: Client) -> None:
    PrintSession.objects.update(status=PrintSession.Status.EXPIRED)
    come_back(visitor)
    assert PrintSession.objects.get().status == PrintSession.Status.EXPIRED


def test_page_of_a_session_without_a_picture_shows_none(visitor: Client) -> None:
    PrintSession.objects.update(image_url="")
    assert "<img" not in come_back(visitor).content.decode()


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
