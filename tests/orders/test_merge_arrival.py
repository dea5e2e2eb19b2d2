"""An order is what its events say, in whatever order they arrive."""

from decimal import Decimal
from typing import Any

import hypothesis
import pytest
from django.test import Client
from hypothesis import strategies as st

from orders.models import Order, Status
from orders.models.status import RANKS
from printora_integration.schemas.webhooks import EventType
from printora_integration.webhooks.processing import process
from tests.helpers import ORDER, deliver, encoded
from tests.orders.merged_columns import event_columns
from tests.orders.merging import merged_order, parsed_payload
from tests.orders.stories import ARRIVALS, FULL, STORIES, Story, payload


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_all_120_arrivals_of_the_five_events_make_one_order(story: Story) -> None:
    assert len(ARRIVALS) == 120
    expected = event_columns(merged_order(story, EventType))
    differing = [
        arrival for arrival in ARRIVALS if event_columns(merged_order(story, arrival)) != expected
    ]
    assert differing == []


@pytest.mark.django_db
@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_all_120_arrivals_make_one_row_in_the_database(story: Story) -> None:
    for number, arrival in enumerate(ARRIVALS):
        for event in arrival:
            message = payload(event, story[event], session=f"sess_{number}")
            process(
                parsed_payload(event, story[event], session=f"sess_{number}"),
                body=encoded(message).decode(),
            )
    first, *others = [event_columns(order) for order in Order.objects.all()]
    assert len(others) == 119
    assert [row for row in others if row != first] == []


@pytest.mark.django_db
@pytest.mark.parametrize("arrival", [ARRIVALS[0], ARRIVALS[-1], ARRIVALS[50]], ids=" ".join)
def test_arrival_over_http_makes_the_same_row(
    vendor: Client, arrival: tuple[EventType, ...]
) -> None:
    for event in arrival:
        assert deliver(vendor, payload(event, FULL[event])).status_code == 200
    expected = merged_order(FULL, EventType)
    expected.total_amount = Decimal("27.5")
    assert event_columns(Order.objects.get()) == event_columns(expected)


@pytest.mark.parametrize("arrival", ARRIVALS[::7], ids=" ".join)
def test_status_never_moves_back(arrival: tuple[EventType, ...]) -> None:
    seen = [merged_order(FULL, arrival[:count]).status for count in range(1, 6)]
    ranks = [RANKS[Status(status)] for status in seen]
    assert ranks == sorted(ranks)


def parts_of(record: dict[str, str]) -> st.SearchStrategy[dict[str, Any] | None]:
    """Return any part of a nested record, with gaps, nulls, empty and differing text."""
    text = {name: st.sampled_from([value, "else", "", None]) for name, value in record.items()}
    return st.none() | st.fixed_dictionaries({}, optional=text)


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
    assert event_columns(merged_order(story, arrival)) == event_columns(
        merged_order(story, EventType)
    )


@hypothesis.given(
    story=PIECES, repeated=st.lists(st.sampled_from(EventType), min_size=5, max_size=12)
)
@hypothesis.settings(max_examples=100)
def test_repeats_change_nothing(story: Story, repeated: list[EventType]) -> None:
    once = list(dict.fromkeys(repeated))
    assert event_columns(merged_order(story, repeated)) == event_columns(merged_order(story, once))
