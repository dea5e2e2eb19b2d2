"""Events for the tests of notifications, and what became of the mails."""

from datetime import timedelta

import time_machine
from django.core import mail
from django.utils import timezone

from orders.models import Notification, Order
from printora_integration.schemas.webhooks import EventType
from printora_integration.webhooks.processing import process
from tests.helpers import ORDER, encoded
from tests.orders.merging import parsed_payload
from tests.orders.stories import FULL, Story, payload


def process_events(*events: EventType, story: Story = FULL, session: str = "sess_1") -> Order:
    for event in events:
        data = story[event] | {"orderId": f"{ORDER}{session}"}
        body = encoded(payload(event, data, session=session)).decode()
        process(parsed_payload(event, data, session=session), body=body)
    return Order.objects.get(session_id=session)


def states() -> dict[str, str]:
    return dict(Notification.objects.values_list("kind", "state"))


def subjects() -> list[str]:
    return [message.subject.split(":")[0] for message in mail.outbox]


def later(**delta: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**delta))
