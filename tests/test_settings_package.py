"""The settings are a package by topic: each setting is in one module, and no import writes."""

import ast
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.helpers import ROOT

pytestmark = pytest.mark.one_database

PACKAGES = ("dreamcanvas", "env_reader", "printora_integration", "vendor_kit")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of what the settings need, without `var`."""
    for package in PACKAGES:
        if (ROOT / package).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    return tmp_path


def entries(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def import_settings(folder: Path) -> None:
    """Import the settings in a process of its own, with all defaults of the demo."""
    command = [sys.executable, "-B", "-c", "from dreamcanvas.settings import VAR_DIR"]
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "DEBUG": "True"}
    subprocess.run(command, cwd=folder, env=env, check=True)


def test_import_of_the_settings_creates_no_file_and_no_folder(checkout: Path) -> None:
    before = entries(checkout)
    import_settings(checkout)
    assert entries(checkout) == before


def test_import_of_the_settings_needs_no_folder_that_can_be_written(checkout: Path) -> None:
    (checkout / "var").touch()  # a file in the way: no folder of this name can be made
    import_settings(checkout)


def test_each_setting_is_defined_by_one_module() -> None:
    counts: Counter[str] = Counter()
    for module in (ROOT / "dreamcanvas" / "settings").glob("*.py"):
        counts.update(settings_of(module))
    assert counts["DATABASES"] == 1
    assert [name for name, count in counts.items() if count > 1] == []


def settings_of(module: Path) -> set[str]:
    """Return the public names in capitals that a module assigns at its top level."""
    assigned = {
        node.id
        for statement in ast.parse(module.read_text("utf-8")).body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return {name for name in assigned if name.isupper() and not name.startswith("_")}
