"""Parse the stories' events, and merge them into orders."""

from collections.abc import Iterable
from typing import Any

from orders.merging import merge
from orders.models import Order
from printora_integration.payloads import parse_payload
from printora_integration.schemas.webhooks import EventType, WebhookPayload
from tests.helpers import encoded
from tests.orders.stories import Story, payload


def parsed_payload(
    event: EventType, data: dict[str, Any], *, session: str = "sess_1"
) -> WebhookPayload:
    """Return the webhook of one event, parsed."""
    return parse_payload(encoded(payload(event, data, session=session)))


def merged_order(story: Story, arrival: Iterable[EventType]) -> Order:
    """Return the unsaved order that these events make."""
    order = Order(session_id="sess_1")
    for event in arrival:
        parsed = parsed_payload(event, story[event])
        assert parsed.data is not None
        merge(order, event, parsed.data, at=parsed.timestamp)
    return order
