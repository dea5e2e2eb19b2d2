"""Lay JSON out for people without reading it as numbers: what was signed is text."""

import json
import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

# More would make a page of some megabytes out of one; it is laid out, without colours.
COLOURED = 200_000  # characters

_PIECE = re.compile(
    r"""
    "[^"\\]*(?:\\.[^"\\]*)*"  # a string
    | \{\s*\} | \[\s*\]        # nothing within: stays as it is
    | [\[\]{},:]
    | [^\s\[\]{},:"]+          # a number, true, false or null
    """,
    re.VERBOSE | re.DOTALL,
)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def indented(text: str) -> str:
    """Return JSON on indented lines with nothing else changed: 20.10 stays 20.10."""
    return "".join(_laid_out(text))


def highlighted(text: str) -> SafeString:
    """Return the same as HTML, with names, texts, numbers and constants in `<span>`s."""
    if len(text) > COLOURED:
        return escape(indented(text))
    pieces = _laid_out(text)
    following = [*pieces[1:], ""]
    return mark_safe("".join(map(_coloured, pieces, following)))  # noqa: S308 -- each piece is escaped


def readable(body: bytes) -> SafeString:
    """Return any body as HTML: laid out where it is JSON, else as it is, with nothing unseen."""
    text = body.decode(errors="backslashreplace")
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return escape(_UNSEEN.sub("\ufffd", text))
    return highlighted(text)


def _laid_out(text: str) -> list[str]:
    line = "\n"
    written: list[str] = []
    for piece in _PIECE.findall(text):
        if piece in {"{", "["}:
            line += "  "
            written += piece, line
        elif piece in {"}", "]"}:
            line = line[:-2]
            written += line, piece
        elif piece == ",":
            written += piece, line
        else:
            written.append(": " if piece == ":" else piece)
    return written


def _coloured(piece: str, following: str) -> str:
    kind = _kind(piece, following)
    return format_html('<span class="json-{}">{}</span>', kind, piece) if kind else escape(piece)


def _kind(piece: str, following: str) -> str:
    if piece.startswith('"'):
        return "name" if following == ": " else "text"
    if piece in {"true", "false", "null"}:
        return "constant"
    return "number" if piece[:1] in "-0123456789" and piece else ""
