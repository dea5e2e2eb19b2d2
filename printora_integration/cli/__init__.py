"""Optional: the subcommands of `manage.py printora`, one file each; this is their list.

A subcommand whose optional part or package is not there is left out.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from django.apps import apps
from django.core.management.base import CommandParser

from .options import Options
from .output import Output


class Subcommand(Protocol):
    """A module whose docstring says what it does."""

    __doc__: str | None

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare its arguments."""

    def run(self, options: Options, out: Output) -> None:
        """Do it; raises CommandError or a PrintoraError when that fails."""


_NAMES = ["doctor", "trigger", "orders", "logs", "resend", "retry", "reconcile", "events"]


def _is_available(name: str) -> bool:
    if name == "doctor":
        spec = find_spec("printora_integration.doctor")
        return spec is not None and spec.origin is not None  # a deleted folder may leave its cache
    if name == "reconcile":
        return apps.is_installed("printora_integration.reconciliation")
    return True


def load_subcommands() -> dict[str, Subcommand]:
    """Return the subcommands that this project has, by name."""
    return {
        name: cast("Subcommand", import_module(f"{__name__}.{name}"))
        for name in _NAMES
        if _is_available(name)
    }
