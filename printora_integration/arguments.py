"""Refuse arguments that could not be right, before anything is sent; each error names its own."""

from collections.abc import Iterable
from enum import Enum
from typing import Any, Final
from urllib.parse import quote

from .exceptions import ArgumentError
from .inputs import is_absolute_url, is_header_text

MAX_LIMIT = 100  # rows a page: Printora refuses more
LARGEST = 2**31 - 1


class Unchanged(Enum):
    """Stand for an argument that was not given, where None has a meaning of its own."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


def endpoint(template: str, **ids: str) -> str:
    """Return a path under `/api/v1`, its ids quoted; raises ArgumentError for what is no id.

    An empty id or `..` would name another endpoint: deleting one would delete what is above it.
    """
    for argument, value in ids.items():
        if not value or not value.isprintable() or value in {".", ".."}:
            raise ArgumentError(f"{argument} must be an id: printable, and not empty.")
    quoted = {argument: quote(value, safe="") for argument, value in ids.items()}
    return "/api/v1/" + template.format_map(quoted)


def without_none(**fields: object) -> dict[str, Any]:
    """Return the fields that were given: what is None is not sent."""
    return {name: value for name, value in fields.items() if value is not None}


def changes(**fields: object) -> dict[str, Any]:
    """Return the fields to change, None included; raises ArgumentError when there are none."""
    given = {name: value for name, value in fields.items() if value is not UNCHANGED}
    if not given:
        raise ArgumentError("Give at least one field to change.")
    return given


def require_absolute(**urls: object) -> None:
    """Check that these are absolute http(s) URLs; None and UNCHANGED pass."""
    for argument, url in urls.items():
        if _is_given(url) and not (isinstance(url, str) and is_absolute_url(url)):
            raise ArgumentError(f"{argument} must be an absolute http(s) URL.")


def require_header_text(**texts: str) -> None:
    """Check that HTTP headers can hold these texts."""
    for argument, text in texts.items():
        if not is_header_text(text):  # the text stays out: it may be the key
            raise ArgumentError(f"{argument} must be printable ASCII text.")


def require_exactly_one(**arguments: object) -> None:
    """Check that one of the arguments is given, and only one."""
    given = [argument for argument, value in arguments.items() if value is not None]
    if len(given) != 1:
        told = " and ".join(given) or "none"
        raise ArgumentError(f"Give exactly one of {', '.join(arguments)}, not {told}.")


def require_number(argument: str, value: object, lowest: int, highest: int = LARGEST) -> None:
    """Check that this is a whole number within its range; None and UNCHANGED pass."""
    if _is_given(value) and not (type(value) is int and lowest <= value <= highest):
        raise ArgumentError(f"{argument} must be a whole number from {lowest} to {highest}.")


def require_page(*, limit: int, offset: int) -> None:
    """Check which rows of a list are asked for."""
    require_number("limit", limit, 1, MAX_LIMIT)
    require_number("offset", offset, 0)


def require_text(argument: str, value: object, *, longest: int = 255) -> None:
    """Check that this is text, not blank and not too long; UNCHANGED passes."""
    if value is UNCHANGED:
        return
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise ArgumentError(f"{argument} must be text of 1 to {longest} characters.")


def require_some(argument: str, values: object) -> None:
    """Check that this is a list with entries, not one text; UNCHANGED passes."""
    if values is not UNCHANGED and (isinstance(values, str) or not values):
        raise ArgumentError(f"{argument} must be a list with at least one entry.")


def require_member(argument: str, value: object, members: Iterable[str]) -> None:
    """Check that this is one of the members; None and UNCHANGED pass."""
    known = [str(member) for member in members]
    if _is_given(value) and value not in known:
        raise ArgumentError(f"{argument} must be one of {', '.join(known)}.")


def _is_given(value: object) -> bool:
    return value is not None and value is not UNCHANGED
