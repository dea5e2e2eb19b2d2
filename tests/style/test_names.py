"""Names are the field's own terms, and no private word comes back."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import ROOT

from .source import (
    Definition,
    defined_names,
    definitions,
    local_names,
    python_files,
    tree_of,
)

pytestmark = pytest.mark.one_database

# Each private word, and the term that takes its place; they count as a whole word of a name.
PRIVATE_TERMS = {
    "advice": "hint",
    "apologise": "print_failed_response",
    "bell": "wakeup",
    "bury": "mark_interrupted",
    "desk": "dashboard or console",
    "facts": "milestones, or the columns themselves",
    "figures": "metrics",
    "goods": "merch",
    "hearsay": "from_reconciliation",
    "heat": "trending",
    "hurry": "send_now",
    "interest": "engagement",
    "kept": "MAX_ROWS, or what is stored",
    "largest": "a maximum with its unit",
    "longest": "a maximum with its unit",
    "mirror": "sync",
    "news": "new_orders",
    "notice": "payload",
    "notices": "payloads",
    "owe": "enqueue",
    "patience": "deadline",
    "replies": "responses",
    "reply": "response",
    "settle": "release or refresh",
    "shelf": "merch or storefront",
    "tell": "add, send or print",
    "told": "what it is",
    "wall": "gallery",
    "wanted": "create_params, or what it is",
    "wire": "fields or payloads",
    "words": "message",
}
# These count as they stand.
PRIVATE_NAMES = {
    *("asked_at", "call_off_what_was_never_paid", "closed", "for_a_person", "go_on_from"),
    *("inputs", "insert_once", "mark_given_up", "MOST", "NEEDS_A_PERSON", "needs_a_person"),
    *("older_paths", "publishing", "ring", "say_no", "shortcut", "take_off", "UNCHANGED"),
    *("UnexpectedReply", "vendor_words", "ways_back", "Wire", "WebhookNotice"),
}
VERBS = ("Hold ", "Be ", "Let ", "Keep ", "Say ", "Tell ", "Name ", "Report ", "Refuse ")


def parts_of(name: str) -> set[str]:
    """Return the words of a name in snake_case or CamelCase, in lower case."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def test_no_name_holds_a_private_term() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}" for path in python_files() for name in private(path)
    ]
    assert not found


def private(path: Path) -> set[str]:
    """Return the names in a file that hold a private term."""
    defined = set(defined_names(path))
    names = {name for name in {*defined, *local_names(path)} if parts_of(name) & set(PRIVATE_TERMS)}
    return names | defined & PRIVATE_NAMES


def test_docstrings_of_classes_are_noun_phrases() -> None:
    assert not list(docstrings((ast.ClassDef,), VERBS))


def test_docstrings_of_modules_begin_with_none_of_these_verbs() -> None:
    texts = {path: ast.get_docstring(tree_of(path)) or "" for path in python_files()}
    assert not [str(path) for path, text in texts.items() if text.startswith(VERBS)]


def test_docstrings_of_functions_are_plain_imperatives() -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    assert not list(docstrings(functions, ("Hold ", "Be ", "Let ")))


def docstrings(kinds: tuple[type[Definition], ...], beginnings: tuple[str, ...]) -> Iterator[str]:
    """Yield where a docstring of such a definition begins with one of these."""
    for path in python_files():
        for node in definitions(path):
            text = ast.get_docstring(node) or ""
            if isinstance(node, kinds) and text.startswith(beginnings):
                yield f"{path.relative_to(ROOT)}: {node.name}"


def test_each_method_of_the_client_links_its_vendor_page() -> None:
    folders = ("printora_integration/client/resources", "printora_integration/merch")
    paths = [path for folder in folders for path in (ROOT / folder).glob("*.py")]
    classes = [node for path in paths for node in definitions(path) if _is_resource(node)]
    methods = [node for each in classes for node in each.body if isinstance(node, ast.FunctionDef)]
    assert len(methods) >= 20
    assert not [
        method.name
        for method in methods
        if not method.name.startswith("_")
        if "https://docs.printora.ai/partner-api" not in (ast.get_docstring(method) or "")
    ]


def _is_resource(node: ast.AST) -> bool:
    bases = node.bases if isinstance(node, ast.ClassDef) else []
    return any(isinstance(base, ast.Name) and base.id == "Resource" for base in bases)
