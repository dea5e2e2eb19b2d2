"""Erase one customer."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string

from orders.retention import forget


class Command(BaseCommand):
    """The command for the right to be forgotten."""

    help = "Erase one customer's data everywhere, by e-mail address; the timeline of orders stays."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the argument for the address."""
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 -- Django's signature
        """Erase, and print the counts without naming the customer."""
        try:
            erased = forget(options["email"])
        except ValueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Erased: {erased}.")
        # Other apps know the customer by a visitor's id; the setting names their functions.
        for name in settings.VISITOR_ERASERS:
            counts = import_string(name)(erased.visitors)
            listed = ", ".join(f"{count} {what}" for what, count in counts.items())
            self.stdout.write(f"Erased: {listed}.")
