"""One delivery is one transaction: the event and all its effects, or nothing."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from orders.models import Order
from printora_integration.models import PrintSession, WebhookEvent
from printora_integration.schemas.webhooks import EventType, WebhookPayload
from printora_integration.signals import order_event
from tests.helpers import ORDER, SESSION, deliver, encoded, webhook

pytestmark = pytest.mark.django_db

Receiver = Callable[..., None]


@pytest.fixture
def connect() -> Iterator[Callable[[Receiver], None]]:
    """Connect receivers as a partner's app would, for as long as the test lasts."""
    connected: list[Receiver] = []

    def _connect(receiver: Receiver) -> None:
        order_event.connect(receiver)
        connected.append(receiver)

    yield _connect
    for receiver in connected:
        order_event.disconnect(receiver)


def test_event_is_stored_byte_for_byte(vendor: Client) -> None:
    body = encoded(webhook("order.paid", {"totalAmount": 1})).replace(b":1}", b": 20.10 }")
    deliver(vendor, body)
    event = WebhookEvent.objects.get()
    assert event.body.encode() == body
    assert (event.session_id, event.event) == (SESSION, "order.paid")
    assert event.occurred_at == datetime(2026, 2, 27, 1, 2, 33, 444000, UTC)


def test_every_delivery_is_counted(vendor: Client) -> None:
    for _delivery in range(3):
        deliver(vendor, webhook())
    assert WebhookEvent.objects.get().delivery_count == 3


def test_duplicate_changes_no_order(vendor: Client) -> None:
    deliver(vendor, webhook("order.paid", {"totalAmount": 1}))
    deliver(vendor, webhook("order.paid", {"totalAmount": 2}))
    assert Order.objects.get().total_amount == 1


def test_session_written_in_upper_case_is_the_same_session(vendor: Client) -> None:
    deliver(vendor, webhook())
    assert deliver(vendor, webhook(session=SESSION.upper())).json()["duplicate"] is True


def test_other_event_of_the_session_is_new(vendor: Client) -> None:
    deliver(vendor, webhook("order.created"))
    assert deliver(vendor, webhook("order.paid")).json()["duplicate"] is False


def test_unknown_session_makes_an_order(vendor: Client) -> None:
    deliver(vendor, webhook(session="sess_never_seen"))
    assert Order.objects.get(session_id="sess_never_seen").order_id == ORDER


def test_unknown_event_is_stored_and_makes_no_order(vendor: Client) -> None:
    deliver(vendor, webhook("order.refunded"))
    assert WebhookEvent.objects.get().event == "order.refunded"
    assert not Order.objects.exists()


def test_unknown_event_changes_no_order(vendor: Client) -> None:
    deliver(vendor, webhook("order.paid", {"orderNumber": "PR-1"}))
    deliver(vendor, webhook("order.refunded", {"orderNumber": "PR-2", "status": "cancelled"}))
    order = Order.objects.get()
    assert (order.order_number, order.status) == ("PR-1", Order.Status.PAID)


def test_text_that_the_database_cannot_store_is_received_cleaned(vendor: Client) -> None:
    body = encoded(webhook("order.paid", {"customer": {"firstName": "?"}}))
    response = deliver(vendor, body.replace(b'"?"', rb'"a\u0000b\ud800"'))
    assert response.status_code == 200
    assert Order.objects.get().customer_first_name == "a\ufffdb\ufffd"


# --- The print session ----------------------------------------------------------------------------


def print_session(status: str) -> PrintSession:
    return PrintSession.objects.create(
        visitor="v1", reference="r1", title="Dune", session_id=SESSION, status=status
    )


@pytest.mark.parametrize("event", list(EventType))
def test_first_order_event_completes_the_print_session(vendor: Client, event: EventType) -> None:
    session = print_session(PrintSession.Status.PENDING)
    deliver(vendor, webhook(event))
    session.refresh_from_db()
    assert session.status == PrintSession.Status.COMPLETED


@pytest.mark.parametrize("status", [PrintSession.Status.EXPIRED, PrintSession.Status.CANCELLED])
def test_order_event_completes_a_session_that_was_over(vendor: Client, status: str) -> None:
    session = print_session(status)
    deliver(vendor, webhook())
    session.refresh_from_db()
    assert session.status == PrintSession.Status.COMPLETED


def test_unknown_event_leaves_the_print_session_open(vendor: Client) -> None:
    session = print_session(PrintSession.Status.PENDING)
    deliver(vendor, webhook("order.refunded"))
    session.refresh_from_db()
    assert session.status == PrintSession.Status.PENDING


# --- The hook -------------------------------------------------------------------------------------


def test_receiver_gets_the_row_and_the_parsed_payload(
    vendor: Client, connect: Callable[[Receiver], None]
) -> None:
    received: list[tuple[WebhookEvent, WebhookPayload]] = []

    def listen(*, event: WebhookEvent, payload: WebhookPayload, **_signal: Any) -> None:
        received.append((event, payload))

    connect(listen)
    deliver(vendor, webhook("order.paid"))
    [(event, payload)] = received
    assert event == WebhookEvent.objects.get()
    assert payload.event_type is EventType.PAID


def test_receiver_is_not_called_for_a_duplicate(
    vendor: Client, connect: Callable[[Receiver], None]
) -> None:
    calls: list[str] = []

    def count(*, event: WebhookEvent, **_signal: Any) -> None:
        calls.append(event.event)

    connect(count)
    deliver(vendor, webhook())
    deliver(vendor, webhook())
    assert calls == ["order.created"]


def fail(**_signal: Any) -> None:
    raise RuntimeError("hopper@example.com could not be written to")


def test_failing_receiver_is_answered_500_and_stores_nothing(
    vendor: Client, connect: Callable[[Receiver], None]
) -> None:
    session = print_session(PrintSession.Status.PENDING)
    connect(fail)
    response = deliver(vendor, webhook("order.paid"))
    assert (response.status_code, response.json()) == (500, {"error": "Processing failed"})
    assert (WebhookEvent.objects.count(), Order.objects.count()) == (0, 0)
    session.refresh_from_db()
    assert session.status == PrintSession.Status.PENDING


def test_retry_after_a_failure_is_new(vendor: Client, connect: Callable[[Receiver], None]) -> None:
    def fail_once(**signal: Any) -> None:
        order_event.disconnect(fail_once)
        fail(**signal)

    connect(fail_once)
    assert deliver(vendor, webhook()).status_code == 500
    response = deliver(vendor, webhook())
    assert (response.status_code, response.json()["duplicate"]) == (200, False)
    assert Order.objects.count() == 1


def test_duplicate_is_answered_200_even_where_receivers_would_fail(
    vendor: Client, connect: Callable[[Receiver], None]
) -> None:
    deliver(vendor, webhook())
    connect(fail)
    assert deliver(vendor, webhook()).status_code == 200
