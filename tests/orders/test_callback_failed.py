"""The failed page offers another try, unless our database knows of a payment."""

import pytest
from django.test import Client

from orders.models import Order
from printora_integration.models import PrintSession
from tests.helpers import deliver, webhook
from tests.orders.returning_visitor import FAILED, SUCCESS, come_back, state_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("error_code", "state"),
    [("cancelled", "stopped"), ("card_declined", "incomplete"), ("expired", "incomplete")],
)
def test_visitor_whose_payment_did_not_happen_may_try_again(
    visitor: Client, error_code: str, state: str
) -> None:
    page = come_back(visitor, FAILED, error_code=error_code, error_message="Forged text")
    assert (page.status_code, state_of(page)) == (200, state)
    assert 'href="/art/dune/"' in page.content.decode()
    assert "Forged text" not in page.content.decode()


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


def test_order_counts_for_more_than_giving_up(visitor: Client, vendor: Client) -> None:
    come_back(visitor, FAILED, error_code="cancelled")
    deliver(vendor, webhook("order.created"))
    assert PrintSession.objects.get().status == PrintSession.Status.COMPLETED


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
            text for text in ("nothing was charged", "Nothing was ordered") if text in page
        ] == []
