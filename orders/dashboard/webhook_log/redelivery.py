"""Requests to Printora to send a webhook again: one for each click, with its outcome."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orders.models import Status
from pages.audit import add_outcome, record_once
from printora_integration.client import get_client
from printora_integration.exceptions import PrintoraError
from printora_integration.models import WebhookEvent
from printora_integration.schemas.api import Redelivery
from printora_integration.schemas.webhooks import EventType

# Printora cannot resend order.cancelled.
RESENDABLE = [event.value for event in EventType if event != EventType.CANCELLED]

_LAST_EVENTS = {
    Status.PENDING: EventType.CREATED,
    Status.PAID: EventType.PAID,
    Status.PROCESSING: EventType.PAID,
    Status.SHIPPED: EventType.SHIPPED,
    Status.DELIVERED: EventType.DELIVERED,
}


@dataclass(frozen=True)
class Outcome:
    """The outcome of a request, for the user who made it."""

    message: str
    succeeded: bool


def retry(user: Any, log_id: str) -> Outcome:  # noqa: ANN401 -- request.user
    """Ask Printora to retry one entry of its log now."""
    action = f"Asked Printora to retry delivery {log_id}."
    return _request(user, action, lambda: get_client().webhook_logs.retry(log_id))


def resend(user: Any, session_id: str, event_type: str) -> Outcome:  # noqa: ANN401 -- request.user
    """Ask Printora to send one event of a session again, as a new entry of its log."""
    action = f"Asked Printora to resend {event_type} of session {session_id}."
    return _request(
        user,
        action,
        lambda: get_client().webhook_logs.resend(event_type=event_type, session_id=session_id),
    )


def last_event(status: str) -> str:
    """Return the event that brings an order to this status; for a cancelled one, the payment."""
    return _LAST_EVENTS.get(Status(status), EventType.PAID).value


def _request(user: Any, action: str, call: Callable[[], Redelivery]) -> Outcome:  # noqa: ANN401 -- request.user
    entry = record_once(user, WebhookEvent, action)
    if entry is None:
        return Outcome("You asked for this a moment ago. Printora has it.", succeeded=True)
    try:
        redelivery = call()
    except PrintoraError as error:
        # The line now differs, so that the next click may ask again.
        add_outcome(entry, f"Failed: {type(error).__name__}.")
        return Outcome(f"{error.user_title}. {error.user_message}", succeeded=False)
    if redelivery.status == "sent":
        return Outcome("This delivery has arrived already: nothing was sent.", succeeded=True)
    return Outcome("Printora sends it again. It arrives within seconds.", succeeded=True)
