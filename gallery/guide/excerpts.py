"""Excerpts of this repository's own code: the guide shows what runs, so it is never outdated."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.utils.safestring import SafeString
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

_PARSE_LOCK = Lock()  # Python 3.11's parser fails in several threads at once
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Excerpt:
    """One definition: its place, and its text as highlighted HTML."""

    path: str
    first_line: int
    last_line: int
    html: SafeString


@cache
def read_excerpt(path: str, name: str) -> Excerpt:
    """Return the function or class `name` (or `Class.method`) of a file under the project's root.

    Raises LookupError, naming both, when the file does not define it.
    """
    source = (Path(settings.BASE_DIR) / path).read_text(encoding="utf-8")
    with _PARSE_LOCK:
        tree = ast.parse(source)
    definition = _find(tree, name)
    if definition is None or definition.end_lineno is None:
        raise LookupError(f"{path} does not define {name}.")
    decorators = [decorator.lineno for decorator in definition.decorator_list]
    first, last = min([definition.lineno, *decorators]), definition.end_lineno
    return Excerpt(
        path=path,
        first_line=first,
        last_line=last,
        html=_highlighted(source.splitlines()[first - 1 : last]),
    )


def _find(tree: ast.AST, name: str) -> _Definition | None:
    head, _, rest = name.partition(".")
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, _Definition) and node.name == head:
            return _find(node, rest) if rest else node
    return None


def _highlighted(lines: list[str]) -> SafeString:
    indent = len(lines[0]) - len(lines[0].lstrip())
    text = "\n".join(line[indent:] for line in lines)
    # Pygments escapes what it wraps.
    return SafeString(highlight(text, PythonLexer(), HtmlFormatter(nowrap=True)))
