"""What several subcommands share: their options, and pages or whole lists of rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.management.base import CommandParser

from printora_integration.client import PrintoraClient, get_background_client, get_client
from vendor_kit.fields import APIModel

from .output import Record

Options = Mapping[str, Any]

DEFAULT_LIMIT = 20  # rows


def add_limit(parser: CommandParser, *, maximum: str = "100 at most") -> None:
    """Add the option for the number of rows."""
    parser.add_argument(
        "--limit",
        type=int,
        default=DEFAULT_LIMIT,
        metavar="N",
        help=f"rows, newest first; {maximum}",
    )


def add_all(parser: CommandParser) -> None:
    """Add the option for every row."""
    parser.add_argument(
        "--all", action="store_true", help="every row there is; waits where the rate limit says so"
    )


def records(
    options: Options,
    *,
    page: Callable[[PrintoraClient], Sequence[APIModel]],
    everything: Callable[[PrintoraClient], Iterable[APIModel]],
) -> list[Record]:
    """Return the rows of one page, or of all pages where `--all` asks for them, as JSON has them.

    To read all pages may take minutes, and leaves calls to visitors' clicks.
    """
    rows = everything(get_background_client()) if options["all"] else page(get_client())
    return [row.model_dump(mode="json", by_alias=True) for row in rows]
