"""Ask Printora to deliver the webhook of one log again, now."""

from django.core.management.base import CommandParser

from printora_integration.client import get_client

from .options import Options
from .output import Output
from .redeliveries import print_redelivery


def add_arguments(parser: CommandParser) -> None:
    """Declare which log."""
    parser.add_argument("log", metavar="LOG", help="its id, as `logs` prints it")


def run(options: Options, out: Output) -> None:
    """Ask for it, and print what Printora will do."""
    print_redelivery(get_client().webhook_logs.retry(options["log"]), out)
