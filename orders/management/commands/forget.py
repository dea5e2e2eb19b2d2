"""Erase one customer."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string

from orders.retention import forget


class Command(BaseCommand):
    """Do what the law calls the right to be forgotten."""

    help = "Erase one customer's data everywhere, by e-mail address; the timeline of orders stays."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address."""
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 -- Django's signature
        """Erase, and say in one line what was done, without saying whose it was."""
        try:
            erased = forget(options["email"])
        except ValueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Erased: {erased}.")
        # Other apps know the customer by their visitor's id; the setting names who erases there.
        for name in settings.VISITOR_ERASERS:
            more = import_string(name)(erased.visitors)
            counted = ", ".join(f"{count} {what}" for what, count in more.items())
            self.stdout.write(f"Erased: {counted}.")
