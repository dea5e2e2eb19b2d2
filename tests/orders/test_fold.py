"""An order is what its events say, whatever order they arrive in."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import hypothesis
import pytest
from django.test import Client
from hypothesis import strategies as st

from orders.fold import ANOTHER_ORDER, CANCELLED_AND_DELIVERED, RANK, fold
from orders.models import Order, Status
from printora_integration.schemas.webhooks import EventType
from printora_integration.webhooks.processing import process
from tests.helpers import ORDER, deliver, encoded
from tests.orders.events import folded, notice
from tests.orders.stories import ARRIVALS, FULL, MINIMAL, STORIES, Story, payload

# What differs between two rows without either being wrong.
OF_THE_ROW = {"id", "session_id", "first_seen_at", "updated_at"}
OF_PEOPLE = {"flags_seen", "flags_seen_at", "flags_seen_by", "anonymised_at"}
BY_THE_DATABASE = {"order_number_folded", "customer_email_folded"}


def facts(order: Order) -> dict[str, Any]:
    """Return every column that an event may have written; flags in any order."""
    columns = [field.attname for field in Order._meta.concrete_fields]
    row = {
        name: getattr(order, name)
        for name in columns
        if name not in OF_THE_ROW | OF_PEOPLE | BY_THE_DATABASE
    }
    return row | {"flags": sorted(order.flags)}


def told_one(event: EventType, **data: object) -> Order:
    return folded({event: {"orderId": ORDER} | data}, [event])


# --- Arrival --------------------------------------------------------------------------------------


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_all_120_arrivals_of_the_five_events_make_one_order(story: Story) -> None:
    assert len(ARRIVALS) == 120
    expected = facts(folded(story, EventType))
    differing = [arrival for arrival in ARRIVALS if facts(folded(story, arrival)) != expected]
    assert differing == []


@pytest.mark.django_db
@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_all_120_arrivals_make_one_row_in_the_database(story: Story) -> None:
    for number, arrival in enumerate(ARRIVALS):
        for event in arrival:
            message = payload(event, story[event], session=f"sess_{number}")
            process(
                notice(event, story[event], session=f"sess_{number}"),
                body=encoded(message).decode(),
            )
    first, *others = [facts(order) for order in Order.objects.all()]
    assert len(others) == 119
    assert [row for row in others if row != first] == []


@pytest.mark.django_db
@pytest.mark.parametrize("arrival", [ARRIVALS[0], ARRIVALS[-1], ARRIVALS[50]], ids=" ".join)
def test_arrival_over_http_makes_the_same_row(
    vendor: Client, arrival: tuple[EventType, ...]
) -> None:
    for event in arrival:
        assert deliver(vendor, payload(event, FULL[event])).status_code == 200
    expected = folded(FULL, EventType)
    expected.total_amount = Decimal("27.5")
    assert facts(Order.objects.get()) == facts(expected)


@pytest.mark.parametrize("arrival", ARRIVALS[::7], ids=" ".join)
def test_status_never_moves_back(arrival: tuple[EventType, ...]) -> None:
    seen = [folded(FULL, arrival[:count]).status for count in range(1, 6)]
    ranks = [RANK[Status(status)] for status in seen]
    assert ranks == sorted(ranks)


def parts_of(record: dict[str, str]) -> st.SearchStrategy[dict[str, Any] | None]:
    """Return any part of a nested record, with gaps, nulls, empty and differing words."""
    words = {name: st.sampled_from([value, "else", "", None]) for name, value in record.items()}
    return st.none() | st.fixed_dictionaries({}, optional=words)


PIECES: st.SearchStrategy[dict[EventType, dict[str, Any]]] = st.fixed_dictionaries(
    {
        event: st.fixed_dictionaries(
            {"orderId": st.just(ORDER)},
            optional={
                name: st.sampled_from([value, None])
                for name, value in FULL[event].items()
                if name not in {"orderId", "creator", "shippingAddress"}
            }
            | {
                name: parts_of(FULL[event][name])
                for name in ("creator", "shippingAddress")
                if name in FULL[event]
            },
        )
        for event in EventType
    }
)


@hypothesis.given(story=PIECES, arrival=st.permutations(list(EventType)))
@hypothesis.settings(max_examples=100)
def test_any_part_of_the_story_ends_the_same_in_any_arrival(
    story: Story, arrival: list[EventType]
) -> None:
    assert facts(folded(story, arrival)) == facts(folded(story, EventType))


@hypothesis.given(
    story=PIECES, repeated=st.lists(st.sampled_from(EventType), min_size=5, max_size=12)
)
@hypothesis.settings(max_examples=100)
def test_repeats_change_nothing(story: Story, repeated: list[EventType]) -> None:
    once = list(dict.fromkeys(repeated))
    assert facts(folded(story, repeated)) == facts(folded(story, once))


# --- What each event says -------------------------------------------------------------------------


def test_full_story_fills_the_row() -> None:
    order = folded(FULL, [event for event in EventType if event != EventType.CANCELLED])
    assert facts(order) == {
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
    order = folded(MINIMAL, [event])
    assert (order.status, order.order_id) == (status, ORDER)
    assert getattr(order, step) == notice(event, MINIMAL[event]).timestamp


def test_paid_that_is_processing_already_says_so() -> None:
    assert told_one(EventType.PAID, status="processing").status == Status.PROCESSING
    assert told_one(EventType.PAID, status="paid").processing_at is None


def test_paid_overwrites_what_created_said() -> None:
    story = {
        EventType.CREATED: {"orderId": ORDER, "totalAmount": 1, "paymentStatus": "unpaid"},
        EventType.PAID: {"orderId": ORDER, "totalAmount": 2, "paymentStatus": "paid"},
    }
    for arrival in (story, reversed(story)):
        order = folded(story, arrival)
        assert (order.total_amount, order.payment_status) == (Decimal(2), "paid")


def test_creator_is_put_together_from_what_created_and_paid_say() -> None:
    story = {
        EventType.CREATED: {"orderId": ORDER, "creator": {"id": "c1", "name": "Ada", "slug": ""}},
        EventType.PAID: {"orderId": ORDER, "creator": {"id": "c2", "name": "", "slug": "ada"}},
    }
    for arrival in (story, reversed(story)):
        assert folded(story, arrival).creator == {"id": "c2", "name": "Ada", "slug": "ada"}


@pytest.mark.parametrize("nothing", [None, "", ...], ids=["null", "empty", "left out"])
def test_what_paid_leaves_out_does_not_erase_what_created_said(nothing: object) -> None:
    paid: dict[str, Any] = {"orderId": ORDER} | ({} if nothing is ... else {"orderNumber": nothing})
    story = {EventType.CREATED: {"orderId": ORDER, "orderNumber": "PR-1"}, EventType.PAID: paid}
    assert folded(story, story).order_number == "PR-1"


def test_amount_of_zero_is_an_amount() -> None:
    story = {
        EventType.CREATED: {"orderId": ORDER, "totalAmount": 5},
        EventType.PAID: {"orderId": ORDER, "totalAmount": 0},
    }
    for arrival in (story, reversed(story)):
        assert folded(story, arrival).total_amount == 0


def test_shipped_status_word_is_not_believed_over_the_event() -> None:
    assert told_one(EventType.SHIPPED, status="pending").status == Status.SHIPPED
    assert told_one(EventType.CREATED, status="delivered").status == Status.PENDING


# --- What cannot all be true ----------------------------------------------------------------------


def test_cancelled_beats_shipped() -> None:
    for arrival in (
        [EventType.SHIPPED, EventType.CANCELLED],
        [EventType.CANCELLED, EventType.SHIPPED],
    ):
        order = folded(FULL, arrival)
        assert order.status == Status.CANCELLED
        assert order.shipped_at is not None
        assert order.flags == []


def test_delivered_beats_cancelled_and_a_person_is_told() -> None:
    pair = [EventType.DELIVERED, EventType.CANCELLED]
    for arrival in (pair, pair[::-1]):
        order = folded(FULL, arrival)
        assert order.status == Status.DELIVERED
        assert order.flags == [CANCELLED_AND_DELIVERED]


def test_second_order_of_a_session_is_flagged_and_not_merged() -> None:
    order = folded(FULL, [EventType.PAID])
    before = facts(order)
    for _again in range(2):
        other = notice(EventType.SHIPPED, FULL[EventType.SHIPPED] | {"orderId": "another"}).data
        assert other is not None
        fold(order, EventType.SHIPPED, other, at=datetime.fromisoformat("2026-03-01T00:00:00Z"))
    assert facts(order) == before | {"flags": [ANOTHER_ORDER]}


@pytest.mark.django_db
def test_second_order_of_a_session_is_answered_200_and_kept_as_an_event(vendor: Client) -> None:
    deliver(vendor, payload(EventType.CREATED, {"orderId": "first"}))
    reply = deliver(vendor, payload(EventType.PAID, {"orderId": "second"}))
    assert (reply.status_code, reply.json()["duplicate"]) == (200, False)
    order = Order.objects.get()
    assert (order.order_id, order.status, order.flags) == ("first", "pending", [ANOTHER_ORDER])


@pytest.mark.django_db
def test_order_id_written_in_upper_case_is_the_same_order(vendor: Client) -> None:
    deliver(vendor, payload(EventType.CREATED, {"orderId": ORDER}))
    deliver(vendor, payload(EventType.PAID, {"orderId": ORDER.upper()}))
    order = Order.objects.get()
    assert (order.order_id, order.status, order.flags) == (ORDER, "paid", [])
