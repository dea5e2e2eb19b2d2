"""Anonymise what is old."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from accounts.pruning import prune as prune_sign_ins
from orders.retention import prune


class Command(BaseCommand):
    """The daily job, run by hand."""

    help = (
        "Take customers' data out of what is older than RETENTION_DAYS; the timeline stays. "
        "Delete old sessions and failed sign-ins."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the option for another age."""
        parser.add_argument(
            "--days",
            type=int,
            default=settings.RETENTION_DAYS,
            help="0 is never. Default: %(default)s",
        )

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 -- Django's signature
        """Prune, and print the counts."""
        self.stdout.write(f"Deleted: {prune_sign_ins()}.")
        days = options["days"]
        if days <= 0:
            self.stdout.write("RETENTION_DAYS is 0: customers' data is stored for ever.")
            return
        self.stdout.write(f"Anonymised, older than {days} days: {prune(days=days)}.")
