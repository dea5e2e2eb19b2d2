"""Remove a person's second factor."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.second_factor import remove_devices


class Command(BaseCommand):
    """The way back in for a person who lost the phone, where nobody else can use the admin."""

    help = "Remove a person's authenticator and recovery codes; the next sign-in sets up new ones."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the argument for the name."""
        parser.add_argument("username", metavar="USERNAME")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 -- Django's signature
        """Remove the devices, and print whether there were any."""
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError("There is no user with this name.")
        if remove_devices(user):
            self.stdout.write("Removed. The next sign-in sets up a new second factor.")
        else:
            self.stdout.write("This person has not set up a second factor.")
