"""List the webhooks that Printora sent us, and how their delivery went."""

from django.core.management.base import CommandParser

from printora_integration.schemas.api import DeliveryStatus
from printora_integration.schemas.webhooks import EventType

from .options import Options, add_all, add_limit, records
from .output import Output

_COLUMNS = {
    "created": "createdAt",
    "event": "eventType",
    "status": "status",
    "our response": "httpStatusCode",
    "attempts": "attemptCount",
    "next attempt": "nextRetryAt",
    "log": "id",
    "session": "partnershipHistoryId",
}


def add_arguments(parser: CommandParser) -> None:
    """Declare which logs can be asked for."""
    parser.add_argument("--status", choices=[str(status) for status in DeliveryStatus])
    parser.add_argument("--event", choices=[str(event) for event in EventType])
    add_limit(parser)
    add_all(parser)


def run(options: Options, out: Output) -> None:
    """Print one page of logs, or all of them."""
    filters = {"status": options["status"], "event_type": options["event"]}
    found = records(
        options,
        page=lambda client: client.webhook_logs.list(**filters, limit=options["limit"]).logs,
        everything=lambda client: client.webhook_logs.iterate(**filters),
    )
    out.rows(found, columns=_COLUMNS, none="Printora has sent us no such webhook.")
