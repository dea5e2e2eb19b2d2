"""Judge what people type into settings and arguments; no Django."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

# What documents print in a secret's place; or the beginning of one, with nothing behind it.
_PLACEHOLDER = re.compile(r"x{4}|X{4}|your_|change-me|\.\.\.|…|^([ps]k_(test|live)_|whsec_)$")


def listed(entries: str | Iterable[str]) -> list[str]:
    """Return the entries of a list, or of one text with commas; without spaces and empty ones."""
    # A text is an iterable too: taken as one, each of its characters would be an entry.
    pieces = entries.split(",") if isinstance(entries, str) else entries
    return [piece.strip() for piece in pieces if piece.strip()]


def is_absolute_url(url: str) -> bool:
    """Return whether this is an http(s) URL with a host, and a port that is one or none."""
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.port != 0 else None  # reading the port judges it
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and url.isprintable() and " " not in url


def is_header_text(text: str) -> bool:
    """Return whether an HTTP header can hold this text, and there is any."""
    return bool(text) and text.isascii() and text.isprintable()


def is_placeholder(secret: str) -> bool:
    """Return whether this stands where a secret should be, as documents and examples have it."""
    return _PLACEHOLDER.search(secret) is not None
