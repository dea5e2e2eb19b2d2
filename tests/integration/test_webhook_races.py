"""However many deliveries arrive at once, the database lets one of them be the first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from orders.models import Order
from printora_integration.models import WebhookEvent
from printora_integration.payloads import parse_payload
from printora_integration.schemas.webhooks import EventType
from printora_integration.webhooks.processing import process
from tests.helpers import at_once, deliver, encoded, webhook

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 20


def delivery(payload: dict[str, Any]) -> Callable[[], tuple[int, Any]]:
    def _deliver() -> tuple[int, Any]:
        response = deliver(Client(raise_request_exception=False), payload)
        return response.status_code, response.json()

    return _deliver


def test_of_identical_deliveries_at_once_exactly_one_is_new() -> None:
    responses = at_once(*[delivery(webhook("order.paid"))] * CROWD)
    assert {status for status, _body in responses} == {200}
    assert [body["duplicate"] for _status, body in responses].count(False) == 1
    assert WebhookEvent.objects.get().delivery_count == CROWD
    assert Order.objects.count() == 1


def test_events_of_one_session_at_once_make_one_order() -> None:
    responses = at_once(*[delivery(webhook(event)) for event in EventType] * 4)
    assert {status for status, _body in responses} == {200}
    assert WebhookEvent.objects.count() == len(EventType)
    order = Order.objects.get()
    assert order.status == Order.Status.DELIVERED
    assert all([order.ordered_at, order.paid_at, order.shipped_at, order.cancelled_at])


def test_of_changed_duplicates_at_once_one_is_stored_and_flagged() -> None:
    deliver(Client(), webhook("order.paid", {"totalAmount": 1}))
    changed = [delivery(webhook("order.paid", {"totalAmount": 2 + i})) for i in range(CROWD)]
    assert at_once(*changed) == [(200, {"received": True, "duplicate": True})] * CROWD
    event = WebhookEvent.objects.get()
    assert event.delivery_count == CROWD + 1
    assert event.changed_body
    assert len(Order.objects.get().flags) == 1


def test_of_signed_deliveries_at_once_one_replaces_the_event_of_reconciliation() -> None:
    body = encoded(webhook("order.paid"))
    source = WebhookEvent.Source.RECONCILIATION
    process(parse_payload(body), body=body.decode(), source=source)
    responses = at_once(*[delivery(webhook("order.paid", {"totalAmount": 5}))] * CROWD)
    assert [body["duplicate"] for _status, body in responses].count(False) == 1
    assert WebhookEvent.objects.get().delivery_count == CROWD
    assert Order.objects.get().flags == []


def test_delivery_and_reconciliation_at_once_end_with_what_was_signed() -> None:
    def reconcile() -> None:
        body = encoded(webhook("order.paid"))
        source = WebhookEvent.Source.RECONCILIATION
        process(parse_payload(body), body=body.decode(), source=source)

    signed = webhook("order.paid", {"totalAmount": 5})
    at_once(*[reconcile, delivery(signed)] * 5)
    event = WebhookEvent.objects.get()
    assert (event.body, event.source) == (encoded(signed).decode(), WebhookEvent.Source.WEBHOOK)
    assert event.delivery_count == 5
