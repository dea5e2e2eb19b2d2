"""An event that only the list of orders has is requested from Printora, with its details."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from orders.models import Order
from printora_integration.models import WebhookEvent
from printora_integration.reconciliation.models import (
    RETRY_DELAYS,
    DetailsRequest,
    Reconciliation,
)
from printora_integration.retention import anonymise_events, events_to_anonymise
from printora_integration.schemas.webhooks import WebhookPayload
from tests.helpers import deliver, webhook
from tests.integration.order_list import OrderVendor, failure, recording, run, session_of
from tests.integration.sessions import NOON

pytestmark = pytest.mark.django_db

State = Reconciliation.State


def test_details_of_each_event_are_requested_once_a_run(printora: OrderVendor) -> None:
    printora.sell("delivered")
    done = run(printora)
    requested = sorted(event for _session, event in printora.resends)
    assert requested == ["order.created", "order.delivered", "order.paid", "order.shipped"]
    assert (done.resends_requested, done.resends_refused) == (4, 0)


def test_details_are_requested_less_and_less_often_and_then_no_more(printora: OrderVendor) -> None:
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
        # A full run, which staff request, does so once more.
        run(printora)
        assert len(printora.resends) == 2 + len(RETRY_DELAYS)


@pytest.mark.parametrize("status", [400, 404])
def test_resend_that_printora_refuses_is_counted_and_not_fatal(
    printora: OrderVendor, status: int
) -> None:
    printora.sell("paid")
    printora.before = lambda request: failure(status) if request.method == "POST" else None
    done = run(printora)
    assert (done.state, done.resends_requested, done.resends_refused) == (State.COMPLETE, 0, 2)
    assert DetailsRequest.objects.filter(refusal__startswith=f"{status} NO").count() == 2
    assert Order.objects.get().status == "paid"


# --- What was erased ------------------------------------------------------------------------------

CUSTOMER = {"customer": {"email": "grace@example.com"}, "shippingAddress": {"street": "1 Lane"}}


def erase() -> None:
    anonymise_events(events_to_anonymise())


def test_details_of_an_erased_event_are_never_requested(printora: OrderVendor) -> None:
    printora.sell()
    run(printora)
    erase()
    printora.resends.clear()
    run(printora)
    assert printora.resends == []


def test_signed_event_does_not_replace_an_erased_one(printora: OrderVendor, vendor: Client) -> None:
    printora.sell()
    run(printora)
    erase()
    payloads: list[WebhookPayload] = []
    with recording(payloads):
        response = deliver(vendor, webhook("order.paid", CUSTOMER, session=session_of(0)))
    assert response.json()["duplicate"] is True
    paid = WebhookEvent.objects.get(event="order.paid")
    assert (paid.delivery_count, "grace" in paid.body, payloads) == (1, False, [])


@pytest.mark.parametrize("event", ["order.paid", "order.novelty"])
def test_event_new_to_an_erased_session_is_stored_without_its_customer(
    vendor: Client, event: str
) -> None:
    deliver(vendor, webhook("order.created"))
    erase()
    payloads: list[WebhookPayload] = []
    with recording(payloads):
        response = deliver(vendor, webhook(event, CUSTOMER | {"totalAmount": 25.18}))
    assert response.json()["duplicate"] is False
    stored = WebhookEvent.objects.get(event=event)
    assert stored.anonymised_at is not None
    assert ("grace" in stored.body, "Lane" in stored.body, "25.18" in stored.body) == (
        False,
        False,
        True,
    )
    assert "grace" not in repr(payloads)


def test_signed_event_replaces_one_without_a_customer_where_another_was_erased(
    printora: OrderVendor, vendor: Client
) -> None:
    printora.sell()
    run(printora)
    anonymise_events(events_to_anonymise().filter(event="order.created"))
    deliver(vendor, webhook("order.paid", CUSTOMER, session=session_of(0)))
    paid = WebhookEvent.objects.get(event="order.paid")
    assert (paid.source, "grace" in paid.body) == ("webhook", False)
