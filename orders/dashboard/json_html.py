"""JSON as indented, coloured HTML; values stay as they were written: 20.10 stays 20.10."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString
from pygments import highlight
from pygments.filter import Filter
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import JsonLexer
from pygments.token import Punctuation, Text, Whitespace, _TokenType

MAX_COLOURED = 200_000  # characters: colours make a page several times as long as its JSON

_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_FORMATTER = HtmlFormatter(nowrap=True)
_PUNCTUATION = re.compile(r"\{\}|\[\]|.")

Token = tuple[_TokenType, str]


class _Indent(Filter):
    """A pygments filter that replaces the whitespace between the tokens of JSON.

    Punctuation and whitespace leave it as plain text: they need no colour.
    """

    def filter(self, _lexer: Lexer | None, stream: Iterable[Token]) -> Iterator[Token]:
        """Yield the tokens with line breaks and spaces of our own."""
        indent = "\n"
        for kind, text in _single_punctuation(stream):
            if text in {"{", "["}:
                indent += "  "
                yield Text, text + indent
            elif text in {"}", "]"}:
                indent = indent[:-2]
                yield Text, indent + text
            elif kind is Punctuation:
                yield Text, text + {",": indent, ":": " "}.get(text, "")
            else:
                yield kind, text


def indented(text: str) -> str:
    """Return JSON on indented lines with nothing else changed."""
    return "".join(piece for _kind, piece in _lexer().get_tokens(text))


def highlighted(text: str) -> SafeString:
    """Return JSON as indented HTML, coloured unless it is very long."""
    if len(text) > MAX_COLOURED:
        return escape(indented(text))
    # Pygments escapes the text.
    return SafeString(highlight(text, _lexer(), _FORMATTER).rstrip("\n"))


def readable(body: bytes) -> SafeString:
    """Return any body as HTML: as `highlighted` where it is JSON, else with visible text only."""
    text = body.decode(errors="backslashreplace")
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return escape(_CONTROL_CHARACTERS.sub("\ufffd", text))
    return highlighted(text)


def _lexer() -> JsonLexer:
    lexer = JsonLexer(stripnl=False, ensurenl=False)
    lexer.add_filter(_Indent())
    return lexer


def _single_punctuation(stream: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens without whitespace, one bracket or comma each; `{}` and `[]` stay whole."""
    tokens = (token for token in stream if token[0] is not Whitespace)
    for is_punctuation, group in groupby(tokens, key=lambda token: token[0] is Punctuation):
        if is_punctuation:
            text = "".join(piece for _kind, piece in group)
            yield from ((Punctuation, piece) for piece in _PUNCTUATION.findall(text))
        else:
            yield from group
