"""Ask Printora for an event again, as a new delivery; it cannot resend order.cancelled."""

from django.core.management.base import CommandParser

from printora_integration.client import get_client
from printora_integration.schemas.webhooks import EventType

from .options import Options
from .output import Output
from .redeliveries import print_redelivery


def add_arguments(parser: CommandParser) -> None:
    """Declare the event, and its session or order."""
    parser.add_argument("event", choices=[str(event) for event in EventType])
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--session", metavar="ID", help="the session that made the order")
    whose.add_argument("--order", metavar="ID", help="the order's id, not its number")


def run(options: Options, out: Output) -> None:
    """Ask for it, and print what Printora will do."""
    redelivery = get_client().webhook_logs.resend(
        event_type=options["event"], session_id=options["session"], order_id=options["order"]
    )
    print_redelivery(redelivery, out)
