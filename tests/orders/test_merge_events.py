"""Each event owns its columns, and contradictions are flagged."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from orders.merging import ANOTHER_ORDER, CANCELLED_AND_DELIVERED, merge
from orders.models import Order, Status
from printora_integration.schemas.webhooks import EventType
from tests.helpers import ORDER, deliver
from tests.orders.merged_columns import event_columns
from tests.orders.merging import merged_order, parsed_payload
from tests.orders.stories import FULL, MINIMAL, payload

FULL_ROW = {
    "order_id": ORDER,
    "order_number": "PR-4711",
    "status": "delivered",
    "payment_status": "paid",
    "payment_method": "stripe",
    "payment_url": "https://printora.ai/pay/1",
    "total_amount": Decimal("27.5"),
    "currency": "USD",
    "creator": {"id": "c1", "name": "Ada", "slug": "ada"},
    "customer_email": "grace@example.com",
    "customer_first_name": "Grace",
    "customer_last_name": "Hopper",
    "customer_phone": "+1 555 0100",
    "items": [
        {
            "product_name": "Mug",
            "quantity": 2,
            "price": "12.59",
            "variant": "White / 11oz",
            "image_url": "https://printora.ai/mug.png",
        }
    ],
    "shipping_address": {
        "first_name": "Grace",
        "last_name": "Hopper",
        "street": "1 Compiler Way",
        "apartment": "4",
        "city": "Arlington",
        "state": "VA",
        "zip_code": "22201",
        "country": "US",
    },
    "partner_image_url": "https://gallery.example.com/dune.jpg",
    "carrier": "UPS",
    "tracking_number": "1Z999",
    "tracking_url": "https://www.ups.com/track?1Z999",
    "ordered_at": datetime.fromisoformat("2026-02-27T09:59:58Z"),
    "paid_at": datetime.fromisoformat("2026-02-27T10:04:00Z"),
    "processing_at": datetime.fromisoformat("2026-02-27T10:04:00Z"),
    "shipped_at": datetime.fromisoformat("2026-02-28T08:59:00Z"),
    "delivered_at": datetime.fromisoformat("2026-03-03T15:29:00Z"),
    "cancelled_at": None,
    "flags": [],
}


def merged(event: EventType, **data: object) -> Order:
    return merged_order({event: {"orderId": ORDER} | data}, [event])


def test_full_story_fills_the_row() -> None:
    order = merged_order(FULL, [event for event in EventType if event != EventType.CANCELLED])
    assert event_columns(order) == FULL_ROW


@pytest.mark.parametrize(
    ("event", "status", "step"),
    [
        (EventType.CREATED, Status.PENDING, "ordered_at"),
        (EventType.PAID, Status.PAID, "paid_at"),
        (EventType.SHIPPED, Status.SHIPPED, "shipped_at"),
        (EventType.DELIVERED, Status.DELIVERED, "delivered_at"),
        (EventType.CANCELLED, Status.CANCELLED, "cancelled_at"),
    ],
)
def test_event_with_nothing_but_an_order_id_says_what_happened_and_when(
    event: EventType, status: Status, step: str
) -> None:
    order = merged_order(MINIMAL, [event])
    assert (order.status, order.order_id) == (status, ORDER)
    assert getattr(order, step) == parsed_payload(event, MINIMAL[event]).timestamp


def test_paid_that_is_processing_already_says_so() -> None:
    assert merged(EventType.PAID, status="processing").status == Status.PROCESSING
    assert merged(EventType.PAID, status="paid").processing_at is None


def test_paid_overwrites_what_created_said() -> None:
    story = {
        EventType.CREATED: {"orderId": ORDER, "totalAmount": 1, "paymentStatus": "unpaid"},
        EventType.PAID: {"orderId": ORDER, "totalAmount": 2, "paymentStatus": "paid"},
    }
    for arrival in (story, reversed(story)):
        order = merged_order(story, arrival)
        assert (order.total_amount, order.payment_status) == (Decimal(2), "paid")


def test_creator_is_put_together_from_what_created_and_paid_say() -> None:
    story = {
        EventType.CREATED: {"orderId": ORDER, "creator": {"id": "c1", "name": "Ada", "slug": ""}},
        EventType.PAID: {"orderId": ORDER, "creator": {"id": "c2", "name": "", "slug": "ada"}},
    }
    for arrival in (story, reversed(story)):
        assert merged_order(story, arrival).creator == {"id": "c2", "name": "Ada", "slug": "ada"}


@pytest.mark.parametrize("nothing", [None, "", ...], ids=["null", "empty", "left out"])
def test_what_paid_leaves_out_does_not_erase_what_created_said(nothing: object) -> None:
    paid: dict[str, Any] = {"orderId": ORDER} | ({} if nothing is ... else {"orderNumber": nothing})
    story = {EventType.CREATED: {"orderId": ORDER, "orderNumber": "PR-1"}, EventType.PAID: paid}
    assert merged_order(story, story).order_number == "PR-1"


def test_amount_of_zero_is_an_amount() -> None:
    story = {
        EventType.CREATED: {"orderId": ORDER, "totalAmount": 5},
        EventType.PAID: {"orderId": ORDER, "totalAmount": 0},
    }
    for arrival in (story, reversed(story)):
        assert merged_order(story, arrival).total_amount == 0


def test_event_type_counts_more_than_the_status_in_its_data() -> None:
    assert merged(EventType.SHIPPED, status="pending").status == Status.SHIPPED
    assert merged(EventType.CREATED, status="delivered").status == Status.PENDING


def test_cancelled_beats_shipped() -> None:
    for arrival in (
        [EventType.SHIPPED, EventType.CANCELLED],
        [EventType.CANCELLED, EventType.SHIPPED],
    ):
        order = merged_order(FULL, arrival)
        assert order.status == Status.CANCELLED
        assert order.shipped_at is not None
        assert order.flags == []


def test_delivered_beats_cancelled_and_is_flagged() -> None:
    pair = [EventType.DELIVERED, EventType.CANCELLED]
    for arrival in (pair, pair[::-1]):
        order = merged_order(FULL, arrival)
        assert order.status == Status.DELIVERED
        assert order.flags == [CANCELLED_AND_DELIVERED]


def test_second_order_of_a_session_is_flagged_and_not_merged() -> None:
    order = merged_order(FULL, [EventType.PAID])
    before = event_columns(order)
    for _again in range(2):
        other = parsed_payload(
            EventType.SHIPPED, FULL[EventType.SHIPPED] | {"orderId": "another"}
        ).data
        assert other is not None
        merge(order, EventType.SHIPPED, other, at=datetime.fromisoformat("2026-03-01T00:00:00Z"))
    assert event_columns(order) == before | {"flags": [ANOTHER_ORDER]}


@pytest.mark.django_db
def test_second_order_of_a_session_is_answered_200_and_stored_as_an_event(vendor: Client) -> None:
    deliver(vendor, payload(EventType.CREATED, {"orderId": "first"}))
    response = deliver(vendor, payload(EventType.PAID, {"orderId": "second"}))
    assert (response.status_code, response.json()["duplicate"]) == (200, False)
    order = Order.objects.get()
    assert (order.order_id, order.status, order.flags) == ("first", "pending", [ANOTHER_ORDER])


@pytest.mark.django_db
def test_order_id_written_in_upper_case_is_the_same_order(vendor: Client) -> None:
    deliver(vendor, payload(EventType.CREATED, {"orderId": ORDER}))
    deliver(vendor, payload(EventType.PAID, {"orderId": ORDER.upper()}))
    order = Order.objects.get()
    assert (order.order_id, order.status, order.flags) == (ORDER, "paid", [])
