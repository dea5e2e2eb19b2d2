"""Files and functions stay short, and the core stays small: a reader finds the way in."""

from pathlib import Path

import pytest

from tests.core.test_core import FOLDER, OPTIONAL
from tests.helpers import ROOT

from .source import definitions, python_files

pytestmark = pytest.mark.one_database

MAX_FILE_LINES = 250
MAX_FUNCTION_LINES = 40
MAX_CORE_LINES = 3500
MAX_CORE_FILES = 40


def length(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_file_is_over_250_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): length(path) for path in python_files()}
    assert not {name: lines for name, lines in lengths.items() if lines > MAX_FILE_LINES}


def test_no_function_is_over_40_lines() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in python_files()
        for node in definitions(path)
        if node.__class__.__name__ != "ClassDef"
    }
    assert not {name: lines for name, lines in lengths.items() if lines > MAX_FUNCTION_LINES}


def test_core_with_vendor_kit_is_small() -> None:
    optional = [FOLDER / name for parts in OPTIONAL.values() for name in parts]
    core = [
        path
        for path in python_files()
        if path.is_relative_to(FOLDER) or path.is_relative_to(ROOT / "vendor_kit")
        if not any(path.is_relative_to(part) for part in optional)
        if length(path)
    ]
    assert len(core) <= MAX_CORE_FILES
    assert sum(map(length, core)) <= MAX_CORE_LINES
