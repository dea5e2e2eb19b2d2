"""The subcommands of `manage.py printora`: one file each, and this is their list."""

from typing import Protocol

from django.core.management.base import CommandParser

from . import doctor, events, logs, orders, resend, retry, trigger
from .options import Options
from .output import Output


class Subcommand(Protocol):
    """Be a module that says in its docstring what it does."""

    __doc__: str | None

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare its arguments."""

    def run(self, options: Options, out: Output) -> None:
        """Do it; raises CommandError or a PrintoraError when that fails."""


SUBCOMMANDS: dict[str, Subcommand] = {
    "doctor": doctor,
    "trigger": trigger,
    "orders": orders,
    "logs": logs,
    "resend": resend,
    "retry": retry,
    "events": events,
}
