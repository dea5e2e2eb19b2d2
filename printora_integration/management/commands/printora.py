"""Work with Printora from the command line: `manage.py printora COMMAND`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import stamina
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError

from printora_integration.cli import load_subcommands
from printora_integration.cli.errors import describe
from printora_integration.cli.output import Output
from printora_integration.exceptions import ArgumentError, PrintoraError

USAGE_ERROR = 2  # the exit code of a command that could not be right; what failed exits with 1


class Command(BaseCommand):
    """The command that runs the subcommands of `printora_integration/cli/`."""

    help = "Work with Printora: see what it knows, ask for webhooks again, find what is wrong."
    requires_system_checks: list[str] = []  # `doctor` must run where a check stops the others

    def add_arguments(self, parser: CommandParser) -> None:
        """Add one parser a subcommand."""
        parsers = parser.add_subparsers(dest="subcommand", metavar="COMMAND", required=True)
        self._subcommands = load_subcommands()
        for name, subcommand in self._subcommands.items():
            description = (subcommand.__doc__ or "").strip()
            one = parsers.add_parser(
                name, help=description.splitlines()[0], description=description
            )
            subcommand.add_arguments(one)
            one.add_argument("--json", action="store_true", help="for programs: print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 -- Django's signature
        """Run a subcommand; what goes wrong is one plain sentence."""
        name = options["subcommand"]
        if name != "doctor":
            self.check()
        out = Output(self.stdout, as_json=options["json"])
        try:
            with _silent_retries():
                self._subcommands[name].run(options, out)
        except ArgumentError as error:
            raise CommandError(str(error), returncode=USAGE_ERROR) from None
        except PrintoraError as error:
            raise CommandError(describe(error)) from None
        except (OperationalError, ProgrammingError):
            # Without its message: databases quote values, and addresses with passwords.
            raise CommandError(
                "The database does not answer, or is not migrated: run `manage.py printora doctor`."
            ) from None


@contextmanager
def _silent_retries() -> Iterator[None]:
    """Silence stamina's log of retries: it may go to the standard output."""
    hooks = stamina.instrumentation.get_on_retry_hooks()
    stamina.instrumentation.set_on_retry_hooks([])
    try:
        yield
    finally:
        stamina.instrumentation.set_on_retry_hooks(hooks)
