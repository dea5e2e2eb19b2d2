"""`.env.example` lists every setting that anything reads, with the value that the demo has."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import ROOT
from tests.settings_reader import read_settings, source_of

pytestmark = pytest.mark.one_database

# What shows a form and not the demo's value.
EXAMPLES = {"ALLOWED_HOSTS", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "SANDBOX_RIVAL_WEBHOOK_URL"}
# Relative there, absolute here; and a key that is made anew each time.
NOT_COMPARED = {"DATABASES", "SECRET_KEY"}

_READ = re.compile(r'(?:\benv(?:\.\w+)?|\brequired|\bsecrets?)\(\s*"([A-Z_]+)"')
_OF_PROCFILE = re.compile(r"\$\{([A-Z_]+):-([^}]*)\}")
SERVERS = ("dreamcanvas", "printora_sandbox")


def example() -> dict[str, str]:
    """Return the names in .env.example with the values beside them."""
    lines = re.findall(
        r"^#?([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE
    )
    assert len(lines) == len(dict(lines)), "a name stands there twice"
    return dict(lines)


def of_procfile() -> dict[str, str]:
    return dict(_OF_PROCFILE.findall((ROOT / "Procfile").read_text("utf-8")))


def texts_of(server: str) -> list[str]:
    """Return the source of a server's settings: of one module, or of all modules of a package."""
    source = source_of(server)
    files = source.rglob("*.py") if source.is_dir() else [source]
    return [file.read_text("utf-8") for file in files]


def demo_settings(server: str, folder: Path, env: dict[str, str]) -> dict[str, Any]:
    """Return a server's settings, read with DEBUG and in an environment of nothing else."""
    source = source_of(server)
    copy = folder / server / source.name  # away from the developer's own .env
    copy.parent.mkdir(exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, copy, dirs_exist_ok=True)
    else:
        shutil.copy(source, copy)
    found = read_settings(copy, {"DEBUG": "True"} | env)
    return {name: found[name] for name in found if name.isupper() and name not in NOT_COMPARED}


def read_names() -> set[str]:
    """Return the names that the settings read."""
    texts = [text for server in SERVERS for text in texts_of(server)]
    return {name for text in texts for name in _READ.findall(text)}


def test_it_lists_what_is_read_and_nothing_else() -> None:
    assert set(example()) == read_names() | set(of_procfile())


@pytest.mark.parametrize("server", SERVERS)
def test_what_it_shows_is_what_the_demo_has(server: str, tmp_path: Path) -> None:
    shown = {name: value for name, value in example().items() if name not in EXAMPLES}
    assert demo_settings(server, tmp_path, shown) == demo_settings(server, tmp_path, {})


def test_what_it_shows_is_what_the_procfile_has() -> None:
    assert of_procfile().items() <= example().items()


def test_readme_explains_settings_that_it_lists() -> None:
    table = (
        (ROOT / "README.md").read_text("utf-8").partition("## Settings")[2].partition("\n## ")[0]
    )
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}
    assert named
    assert named <= set(example())
