"""An event that comes again: the same, changed, or after reconciliation had recorded it."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from orders.models import Order
from printora_integration.models import PrintSession, WebhookEvent
from printora_integration.payloads import parse_payload
from printora_integration.signals import event_changed, order_event
from printora_integration.webhooks.processing import process
from tests.helpers import ORDER, SESSION, deliver, encoded, webhook

pytestmark = pytest.mark.django_db

RECONCILIATION = WebhookEvent.Source.RECONCILIATION
FIRST = {"totalAmount": 20.1, "customer": {"firstName": "Grace", "lastName": None}}
LATER = "2026-02-28T00:00:00Z"


@pytest.fixture
def changes() -> Iterator[list[tuple[str, str]]]:
    """Record each event of `event_changed`: its first body and the other."""
    bodies: list[tuple[str, str]] = []

    def listen(*, event: WebhookEvent, **_signal: Any) -> None:
        bodies.append((event.body, event.changed_body))

    event_changed.connect(listen)
    yield bodies
    event_changed.disconnect(listen)


def text(payload: object) -> str:
    return encoded(payload).decode()


def reconcile(payload: dict[str, Any]) -> bool:
    body = text(payload)
    return process(parse_payload(body.encode()), body=body, source=RECONCILIATION)


# --- A duplicate with another content -------------------------------------------------------------


def test_duplicate_that_differs_is_stored_beside_the_first(
    vendor: Client, changes: list[tuple[str, str]]
) -> None:
    first, other = webhook("order.paid", FIRST), webhook("order.paid", {"totalAmount": 99})
    deliver(vendor, first)
    response = deliver(vendor, other)
    assert (response.status_code, response.json()["duplicate"]) == (200, True)
    event = WebhookEvent.objects.get()
    assert (event.body, event.changed_body) == (text(first), text(other))
    assert event.delivery_count == 2
    assert changes == [(text(first), text(other))]


def test_duplicate_that_differs_flags_the_order_and_changes_nothing_else(vendor: Client) -> None:
    deliver(vendor, webhook("order.paid", {"totalAmount": 1}))
    deliver(vendor, webhook("order.paid", {"totalAmount": 2, "orderNumber": "PR-2"}))
    order = Order.objects.get()
    assert (order.total_amount, order.order_number) == (Decimal(1), "")
    [flag] = order.flags
    assert "order.paid" in flag


def test_latest_of_several_differing_duplicates_is_stored_and_each_is_signalled(
    vendor: Client, changes: list[tuple[str, str]]
) -> None:
    payloads = [webhook("order.paid", {"totalAmount": amount}) for amount in (1, 2, 2.0, 1, 3)]
    for payload in payloads:
        deliver(vendor, payload)
    event = WebhookEvent.objects.get()
    assert (event.body, event.changed_body) == (text(payloads[0]), text(payloads[-1]))
    assert event.delivery_count == 5
    assert [other for _first, other in changes] == [text(payloads[1]), text(payloads[-1])]


SAME = {
    "the same bytes": webhook("order.paid", FIRST),
    "another timestamp": webhook("order.paid", FIRST, timestamp=LATER),
    "keys in another order": dict(reversed(webhook("order.paid", FIRST).items())),
    "an amount as text": webhook("order.paid", FIRST | {"totalAmount": "20.10"}),
    "null left out": webhook("order.paid", FIRST | {"customer": {"firstName": "Grace"}}),
    "a field that nobody reads": webhook("order.paid", FIRST) | {"apiVersion": 2},
    "the other spelling": {
        "session_id": SESSION.upper(),
        "event": "order.paid",
        "timestamp": LATER,
        "data": {"order_id": ORDER, "total_amount": 20.1, "customer": {"first_name": "Grace"}},
    },
}


@pytest.mark.parametrize("again", SAME.values(), ids=SAME.keys())
def test_duplicate_with_the_same_content_in_other_bytes_is_only_counted(
    vendor: Client, changes: list[tuple[str, str]], again: dict[str, Any]
) -> None:
    deliver(vendor, webhook("order.paid", FIRST))
    assert deliver(vendor, again).json()["duplicate"] is True
    event = WebhookEvent.objects.get()
    assert (event.delivery_count, event.changed_body, changes) == (2, "", [])
    assert Order.objects.get().flags == []


def test_unknown_event_is_compared_by_all_its_data(
    vendor: Client, changes: list[tuple[str, str]]
) -> None:
    deliver(vendor, webhook("order.refunded", {"reason": "torn", "amount": 1}))
    deliver(vendor, webhook("order.refunded", {"amount": 1.0, "reason": "torn"}, timestamp=LATER))
    assert changes == []
    deliver(vendor, webhook("order.refunded", {"reason": "late", "amount": 1}))
    assert len(changes) == 1
    assert not Order.objects.exists()


def test_duplicate_of_an_anonymised_event_brings_no_customer_back(
    vendor: Client, changes: list[tuple[str, str]]
) -> None:
    deliver(vendor, webhook("order.paid", FIRST))
    WebhookEvent.objects.update(body="{}", anonymised_at=LATER)
    deliver(vendor, webhook("order.paid", FIRST))
    event = WebhookEvent.objects.get()
    assert (event.body, event.changed_body, event.delivery_count) == ("{}", "", 2)
    assert changes == []


def test_duplicate_of_the_same_bytes_writes_nothing_but_its_count(
    vendor: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    deliver(vendor, webhook("order.paid"))
    with django_assert_num_queries(4) as made:
        deliver(vendor, webhook("order.paid"))
    begin, insert, update, commit = (query["sql"] for query in made.captured_queries)
    assert (begin[:9], commit[:7]) == ("SAVEPOINT", "RELEASE")  # the test is in a transaction
    assert "DO NOTHING" in insert
    assert update.startswith('UPDATE "printora_integration_webhookevent" SET "delivery_count"')


def test_failing_receiver_of_a_changed_event_stores_nothing(vendor: Client) -> None:
    def fail(**_signal: Any) -> None:
        raise RuntimeError

    deliver(vendor, webhook("order.paid", {"totalAmount": 1}))
    event_changed.connect(fail)
    try:
        assert deliver(vendor, webhook("order.paid", {"totalAmount": 2})).status_code == 500
    finally:
        event_changed.disconnect(fail)
    event = WebhookEvent.objects.get()
    assert (event.changed_body, event.delivery_count) == ("", 1)
    assert Order.objects.get().flags == []


# --- After reconciliation -------------------------------------------------------------------------


def test_event_from_reconciliation_is_new_and_has_effects() -> None:
    assert reconcile(webhook("order.paid")) is True
    event = WebhookEvent.objects.get()
    assert (event.source, event.delivery_count) == (RECONCILIATION, 0)
    assert Order.objects.get().status == Order.Status.PAID


@pytest.mark.parametrize("delivered", [True, False], ids=["delivered", "reconciled"])
def test_reconciliation_changes_no_event_that_is_there(vendor: Client, *, delivered: bool) -> None:
    process_again = deliver if delivered else lambda _vendor, payload: reconcile(payload)
    process_again(vendor, webhook("order.paid", FIRST))
    before = WebhookEvent.objects.values().get()
    assert reconcile(webhook("order.paid", {"totalAmount": 5})) is False
    assert WebhookEvent.objects.values().get() == before
    assert Order.objects.get().flags == []


def test_signed_delivery_replaces_the_event_of_reconciliation(
    vendor: Client, changes: list[tuple[str, str]]
) -> None:
    reconcile(webhook("order.paid", timestamp=LATER))
    signed = webhook("order.paid", FIRST)
    response = deliver(vendor, signed)
    assert response.json() == {"received": True, "duplicate": False}
    event = WebhookEvent.objects.get()
    assert (event.body, event.source) == (text(signed), WebhookEvent.Source.WEBHOOK)
    assert event.occurred_at == parse_payload(encoded(signed)).timestamp
    assert event.delivery_count == 1
    assert Order.objects.get().customer_first_name == "Grace"
    assert (changes, Order.objects.get().flags) == ([], [])


def test_second_signed_delivery_after_reconciliation_is_a_duplicate(vendor: Client) -> None:
    reconcile(webhook("order.paid"))
    deliver(vendor, webhook("order.paid", FIRST))
    assert deliver(vendor, webhook("order.paid", FIRST)).json()["duplicate"] is True
    assert WebhookEvent.objects.get().delivery_count == 2


def test_delivery_that_fails_leaves_the_event_of_reconciliation(vendor: Client) -> None:
    def fail(**_signal: Any) -> None:
        raise RuntimeError

    reconcile(webhook("order.paid"))
    before = WebhookEvent.objects.values().get()
    order_event.connect(fail)
    try:
        assert deliver(vendor, webhook("order.paid", FIRST)).status_code == 500
    finally:
        order_event.disconnect(fail)
    assert WebhookEvent.objects.values().get() == before
    assert Order.objects.get().customer_first_name == ""


def test_reconciled_order_event_completes_the_print_session() -> None:
    session = PrintSession.objects.create(visitor="v1", reference="r1", session_id=SESSION)
    reconcile(webhook("order.created"))
    session.refresh_from_db()
    assert session.status == PrintSession.Status.COMPLETED
