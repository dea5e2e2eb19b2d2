"""Where a session's customer was erased, no later webhook brings the customer back."""

from decimal import Decimal

import pytest
from django.test import Client

from orders.models import Order
from printora_integration import retention
from printora_integration.exceptions import InvalidPayloadError
from printora_integration.models import RefusedDelivery, WebhookEvent
from printora_integration.signals import order_event
from tests.helpers import deliver, encoded, webhook

pytestmark = pytest.mark.django_db

CUSTOMER = {"customer": {"email": "ada@example.com", "firstName": "Ada"}, "totalAmount": 20.1}


def erase_after_creation(vendor: Client) -> None:
    deliver(vendor, webhook("order.created", {"currency": "EUR"}))
    retention.anonymise_events(retention.events_to_anonymise())


def test_later_event_is_stored_and_applied_without_its_customer(vendor: Client) -> None:
    erase_after_creation(vendor)
    assert deliver(vendor, webhook("order.paid", CUSTOMER)).status_code == 200
    event = WebhookEvent.objects.get(event="order.paid")
    assert event.anonymised_at is not None
    assert "ada@example.com" not in event.body
    order = Order.objects.get()
    assert (order.status, order.customer_email) == ("paid", "")
    assert order.total_amount == Decimal("20.1")


@pytest.mark.parametrize("amount", ["-0.0", "0." + "1" * 30, "1E+2"])
def test_later_event_with_an_unusual_amount_is_not_refused(vendor: Client, amount: str) -> None:
    erase_after_creation(vendor)
    body = encoded(webhook("order.paid", CUSTOMER)).replace(b"20.1", amount.encode())
    assert deliver(vendor, body).status_code == 200
    assert not RefusedDelivery.objects.exists()
    assert "ada@example.com" not in WebhookEvent.objects.get(event="order.paid").body


def test_error_of_a_receiver_is_no_refused_delivery(vendor: Client) -> None:
    def fail(**_: object) -> None:
        raise InvalidPayloadError("of the receiver")

    order_event.connect(fail)
    try:
        deliver(vendor, webhook("order.paid", CUSTOMER))
    finally:
        order_event.disconnect(fail)
    assert not RefusedDelivery.objects.exists()
    assert not WebhookEvent.objects.exists()
