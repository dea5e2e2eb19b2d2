"""List the events that we store; without their bodies, which name customers."""

from typing import Any

from django.core.management.base import CommandParser

from printora_integration.models import WebhookEvent
from vendor_kit.arguments import require_number
from vendor_kit.fields import parse_opaque_id

from .options import Options, add_limit
from .output import Output, Record

_COLUMNS = {
    "received": "receivedAt",
    "event": "event",
    "deliveries": "deliveryCount",
    "source": "source",
    "session": "sessionId",
}


def add_arguments(parser: CommandParser) -> None:
    """Declare which events can be asked for."""
    parser.add_argument("--session", metavar="ID", help="those of one session only")
    parser.add_argument("--body", action="store_true", help="with bodies: they name customers")
    add_limit(parser, maximum="as many as you like")


def run(options: Options, out: Output) -> None:
    """Print our own rows, newest first; Printora is not asked."""
    require_number("--limit", options["limit"], 1)
    events = WebhookEvent.objects.order_by("-received_at", "-pk")
    if options["session"] is not None:
        events = events.filter(session_id=parse_opaque_id(options["session"]) or "")
    with_body = options["body"]
    found = [_record(event, with_body=with_body) for event in events[: options["limit"]]]
    columns = _COLUMNS | ({"body": "body"} if with_body else {})
    out.rows(found, columns=columns, none="We have no such event.")


def _record(event: WebhookEvent, *, with_body: bool) -> Record:
    record: dict[str, Any] = {
        "sessionId": event.session_id,
        "event": event.event,
        "occurredAt": event.occurred_at.isoformat(),
        "receivedAt": event.received_at.isoformat(timespec="seconds"),
        "deliveryCount": event.delivery_count,
        "source": event.source,
    }
    return record | ({"body": event.body} if with_body else {})
