"""What the documents name exists, and their code compiles."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from printora_integration.cli import load_subcommands
from tests.helpers import ROOT

from .markdown import DOCUMENTS, README, blocks, links, named_paths

pytestmark = pytest.mark.one_database

FOLDER = "printora_integration"

every_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


@every_document
def test_links_lead_somewhere(document: Path) -> None:
    broken = [link for link in links(document) if not (document.parent / link).exists()]
    assert not broken


@every_document
def test_named_files_exist(document: Path) -> None:
    assert not [path for path in named_paths(document) if not (ROOT / path).is_file()]


@every_document
def test_python_compiles(document: Path) -> None:
    for number, code in enumerate(blocks(document, "python")):
        compile(code, f"{document.name}, block {number}", "exec")


def test_readme_maps_every_file_of_the_folder_to_copy() -> None:
    not_mapped = {"__init__.py", "__pycache__"}
    entries = {f"{FOLDER}/{path.name}" for path in (ROOT / FOLDER).iterdir()}
    entries -= {f"{FOLDER}/{name}" for name in not_mapped}
    assert sorted(entries - set(links(README))) == []


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
