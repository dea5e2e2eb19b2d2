"""Parse the stories' events, and fold them into orders."""

from collections.abc import Iterable
from typing import Any

from orders.fold import fold
from orders.models import Order
from printora_integration.payloads import parse_payload
from printora_integration.schemas.webhooks import EventType, WebhookPayload
from tests.helpers import encoded
from tests.orders.stories import Story, payload


def notice(event: EventType, data: dict[str, Any], *, session: str = "sess_1") -> WebhookPayload:
    """Return the same, parsed."""
    return parse_payload(encoded(payload(event, data, session=session)))


def folded(story: Story, arrival: Iterable[EventType]) -> Order:
    """Return the unsaved order that these events make."""
    order = Order(session_id="sess_1")
    for event in arrival:
        told = notice(event, story[event])
        assert told.data is not None
        fold(order, event, told.data, at=told.timestamp)
    return order
