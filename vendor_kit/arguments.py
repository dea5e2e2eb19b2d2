"""Checks of arguments before anything is sent; each error names its argument."""

import re
from collections.abc import Iterable
from enum import Enum
from typing import Any, Final
from urllib.parse import quote, urlsplit

from .exceptions import ArgumentError

MAX_LIMIT = 100  # rows a page: vendors refuse more
MAX_INT32 = 2**31 - 1
MAX_ID_LENGTH = 128  # characters
# Letters, digits, dots and hyphens only: browsers read a backslash as a slash, for example.
_PLAIN_HOST = re.compile(r"([a-z0-9-]+\.)*[a-z0-9-]+(:443)?", re.IGNORECASE)


class Unset(Enum):
    """The type of an argument that was not given, where None has a meaning of its own."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET


def split_list(entries: str | Iterable[str]) -> list[str]:
    """Return the entries of a list, or of one text with commas; without spaces and empty ones."""
    # A text is an iterable too: taken as one, each of its characters would be an entry.
    pieces = entries.split(",") if isinstance(entries, str) else entries
    return [piece.strip() for piece in pieces if piece.strip()]


def is_absolute_url(url: str) -> bool:
    """Return whether this is an http(s) URL with a host, and with a valid port or none."""
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.port != 0 else None  # reading the port checks it
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and url.isprintable() and " " not in url


def is_allowed_url(url: str, allowed: str | Iterable[str]) -> bool:
    """Return whether a visitor may be redirected to this URL.

    An entry of `allowed` that is a host allows https on it and on its subdomains, at the usual
    port; an entry that is an origin (`http://localhost:8001`) allows exactly that origin.
    """
    parts = urlsplit(url if is_absolute_url(url) else "")
    host = parts.hostname or ""
    is_plain = parts.scheme == "https" and _PLAIN_HOST.fullmatch(parts.netloc) is not None
    return any(
        f"{parts.scheme}://{parts.netloc}" == entry.rstrip("/")
        if "://" in entry
        else is_plain and (host == entry or host.endswith(f".{entry}"))
        for entry in split_list(allowed)
    )


def is_header_text(text: str) -> bool:
    """Return whether the text is not empty and an HTTP header can hold it."""
    return bool(text) and text.isascii() and text.isprintable()


def quote_path(template: str, **ids: str) -> str:
    """Return a path with its ids quoted; raises ArgumentError for what is no id.

    An empty id or `..` would name another endpoint: deleting one would delete what is above it.
    """
    for argument, value in ids.items():
        if not value or not value.isprintable() or value in {".", ".."}:
            raise ArgumentError(f"{argument} must be an id: printable, and not empty.")
    return template.format_map({name: quote(value, safe="") for name, value in ids.items()})


def without_none(**fields: object) -> dict[str, Any]:
    """Return the fields that were given: what is None is not sent."""
    return {name: value for name, value in fields.items() if value is not None}


def set_fields(**fields: object) -> dict[str, Any]:
    """Return the fields to change, None included; raises ArgumentError when there are none."""
    given = {name: value for name, value in fields.items() if value is not UNSET}
    if not given:
        raise ArgumentError("Give at least one field to change.")
    return given


def require_absolute(**urls: object) -> None:
    """Check that these are absolute http(s) URLs; None and UNSET pass."""
    for argument, url in urls.items():
        if _is_given(url) and not (isinstance(url, str) and is_absolute_url(url)):
            raise ArgumentError(f"{argument} must be an absolute http(s) URL.")


def require_header_text(**texts: str) -> None:
    """Check that HTTP headers can hold these texts."""
    for argument, text in texts.items():
        if not is_header_text(text):  # the text is not quoted: it may be the key
            raise ArgumentError(f"{argument} must be printable ASCII text.")


def require_exactly_one(**arguments: object) -> None:
    """Check that one of the arguments is given, and only one."""
    given = [argument for argument, value in arguments.items() if value is not None]
    if len(given) != 1:
        found = " and ".join(given) or "none"
        raise ArgumentError(f"Give exactly one of {', '.join(arguments)}, not {found}.")


def require_number(argument: str, value: object, lowest: int, highest: int = MAX_INT32) -> None:
    """Check that this is a whole number within its range; None and UNSET pass."""
    if _is_given(value) and not (type(value) is int and lowest <= value <= highest):
        raise ArgumentError(f"{argument} must be a whole number from {lowest} to {highest}.")


def require_page(*, limit: int, offset: int) -> None:
    """Check which rows of a list are asked for."""
    require_number("limit", limit, 1, MAX_LIMIT)
    require_number("offset", offset, 0)


def require_text(argument: str, value: object, *, max_length: int = 255) -> None:
    """Check that this is text, not blank and not too long; UNSET passes."""
    if value is UNSET:
        return
    if not isinstance(value, str) or not value.strip() or len(value) > max_length:
        raise ArgumentError(f"{argument} must be text of 1 to {max_length} characters.")


def require_non_empty(argument: str, values: object) -> None:
    """Check that this is a list with entries, not one text; UNSET passes."""
    if values is not UNSET and (isinstance(values, str) or not values):
        raise ArgumentError(f"{argument} must be a list with at least one entry.")


def require_choice(argument: str, value: object, choices: Iterable[str]) -> None:
    """Check that this is one of the choices; None and UNSET pass."""
    known = [str(choice) for choice in choices]
    if _is_given(value) and value not in known:
        raise ArgumentError(f"{argument} must be one of {', '.join(known)}.")


def _is_given(value: object) -> bool:
    return value is not None and value is not UNSET
