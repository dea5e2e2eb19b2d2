"""Our own source files, and the names that they define."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.helpers import ROOT

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@cache
def python_files() -> tuple[Path, ...]:
    """Return the Python files that git tracks, migrations left out."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / name for name in listing.stdout.split()]
    return tuple(path for path in paths if path.exists() and "migrations" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text("utf-8"))


@cache
def definitions(path: Path) -> tuple[Definition, ...]:
    """Return the functions and classes of a file."""
    return tuple(node for node in ast.walk(tree_of(path)) if isinstance(node, Definition))


def defined_names(path: Path) -> Iterator[str]:
    """Yield the names that a file defines: itself, functions, classes, constants, fields."""
    yield path.stem
    for node in ast.walk(tree_of(path)):
        if isinstance(node, Definition):
            yield node.name
        if isinstance(node, ast.ClassDef | ast.Module):
            for statement in node.body:
                yield from _assigned(statement)


def local_names(path: Path) -> Iterator[str]:
    """Yield the names of arguments and variables in a file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _assigned(statement: ast.stmt) -> Iterator[str]:
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    for target in targets:
        for node in ast.walk(target):
            if isinstance(node, ast.Name):
                yield node.id
