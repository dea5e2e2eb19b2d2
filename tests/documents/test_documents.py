"""What the documents name exists, and their code compiles."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from printora_integration.cli import load_subcommands
from tests.helpers import ROOT

from .markdown import DOCUMENTS, README, blocks, links, named_paths

pytestmark = pytest.mark.one_database

every_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


@every_document
def test_links_lead_somewhere(document: Path) -> None:
    broken = [link for link in links(document) if not (document.parent / link).exists()]
    assert not broken


@every_document
def test_named_files_exist(document: Path) -> None:
    folders = (ROOT, document.parent)
    lost = [
        path
        for path in named_paths(document)
        if not any((folder / path).is_file() for folder in folders)
    ]
    assert not lost


@every_document
def test_python_compiles(document: Path) -> None:
    for number, code in enumerate(blocks(document, "python")):
        compile(code, f"{document.name}, block {number}", "exec")


@pytest.mark.parametrize("folder", ["printora_integration", "vendor_kit"])
def test_door_names_every_entry_of_its_folder(folder: str) -> None:
    text = (ROOT / folder / "README.md").read_text("utf-8")
    left_out = {"__init__.py", "__pycache__", "README.md", "migrations"}
    entries = {path.name for path in (ROOT / folder).iterdir()} - left_out
    assert not {name for name in entries if f"({name})" not in text and f"`{name}" not in text}


def test_readme_names_targets_that_make_knows() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)(?=[`\s])", "\n".join(commands())))
    assert named
    assert named <= targets


def test_readme_names_every_subcommand_and_no_other() -> None:
    first_cells = [row.split("|")[1] for row in table_rows() if row.startswith("| `printora ")]
    named = {name for cell in first_cells for name in re.findall(r"`(?:printora )?([a-z]+)", cell)}
    assert named == set(load_subcommands())


def test_readme_names_commands_that_manage_py_knows() -> None:
    table = (
        README.read_text("utf-8").partition("| command of `manage.py` |")[2].partition("\n\n")[0]
    )
    first_cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    named = {name for cell in first_cells for name in re.findall(r"`([a-z_]+)", cell)}
    assert named
    assert named - set(load_subcommands()) <= set(get_commands())


def commands() -> list[str]:
    """Return the commands in README."""
    text = README.read_text("utf-8")
    return [*re.findall(r"`(make [^`]+`)", text), *blocks(README, "sh")]


def table_rows() -> list[str]:
    return [line for line in README.read_text("utf-8").splitlines() if line.startswith("|")]
