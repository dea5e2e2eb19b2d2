"""Lay JSON out for people without reading it as numbers: what was signed is text."""

import re

_PIECE = re.compile(
    r"""
    "[^"\\]*(?:\\.[^"\\]*)*"  # a string
    | \{\s*\} | \[\s*\]        # nothing within: stays as it is
    | [\[\]{},:]
    | [^\s\[\]{},:"]+          # a number, true, false or null
    """,
    re.VERBOSE | re.DOTALL,
)


def indented(text: str) -> str:
    """Return JSON on indented lines with nothing else changed: 20.10 stays 20.10."""
    line = "\n"
    written: list[str] = []
    for piece in _PIECE.findall(text):
        if piece in {"{", "["}:
            line += "  "
            written += piece, line
        elif piece in {"}", "]"}:
            line = line[:-2]
            written += line, piece
        else:
            written.append({",": f",{line}", ":": ": "}.get(piece, piece))
    return "".join(written)
