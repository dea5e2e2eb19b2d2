"""The success page asks again until the webhook has come, and says when leaving is safe."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.helpers import SESSION, deliver, webhook
from tests.orders.returning_visitor import NOON, STATE, come_back, state_of

pytestmark = pytest.mark.django_db


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
        # The address in this part says that the page shows the long wait already.
        assert visitor.get(part.context["poll_url"]).status_code == 204


def test_visitor_who_waited_long_still_sees_the_confirmation(
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
