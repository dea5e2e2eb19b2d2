"""Ask Printora to deliver a webhook again, once for each click, and say how it went."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from printora_integration.client import get_client
from printora_integration.exceptions import PrintoraError
from printora_integration.models import WebhookEvent
from printora_integration.schemas.api import Redelivery
from printora_integration.schemas.webhooks import EventType
from staff.audit import add_outcome, record_once

from .models import Status
from .vendor_words import explain

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
    """Hold what to tell whoever asked, and how glad to look."""

    words: str
    went_well: bool


def retry(user: Any, log_id: str) -> Outcome:  # noqa: ANN401 -- request.user
    """Ask for one delivery of Printora's log to be tried again now."""
    words = f"Asked Printora to retry delivery {log_id}."
    return _ask(user, words, lambda: get_client().webhook_logs.retry(log_id))


def resend(user: Any, session_id: str, event_type: str) -> Outcome:  # noqa: ANN401 -- request.user
    """Ask for one event of a session again, as a new delivery."""
    words = f"Asked Printora to resend {event_type} of session {session_id}."
    return _ask(
        user,
        words,
        lambda: get_client().webhook_logs.resend(event_type=event_type, session_id=session_id),
    )


def event_of(status: str) -> str:
    """Return the event that brings an order to this status; for a cancelled one, the payment."""
    return _LAST_EVENTS.get(Status(status), EventType.PAID).value


def _ask(user: Any, words: str, call: Callable[[], Redelivery]) -> Outcome:  # noqa: ANN401 -- request.user
    entry = record_once(user, WebhookEvent, words)
    if entry is None:
        return Outcome("You asked for this a moment ago. Printora has it.", went_well=True)
    try:
        reply = call()
    except PrintoraError as error:
        # The line now differs, so that the next click may ask again.
        add_outcome(entry, f"Failed: {type(error).__name__}.")
        return Outcome(explain(error), went_well=False)
    if reply.status == "sent":
        return Outcome("This delivery has arrived already: nothing was sent.", went_well=True)
    return Outcome("Printora sends it again. It arrives within seconds.", went_well=True)
