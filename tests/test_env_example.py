"""`.env.example` lists every setting that anything reads, with the value that the demo has."""

import os
import re
import runpy
import shutil
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from tests.helpers import ROOT

pytestmark = pytest.mark.one_database

# What shows a form and not the demo's value.
EXAMPLES = {"ALLOWED_HOSTS", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "SANDBOX_RIVAL_WEBHOOK_URL"}
# Relative there, absolute here; and a key that is made anew each time.
NOT_COMPARED = {"DATABASES", "SECRET_KEY"}

_READ = re.compile(r'(?:\benv(?:\.\w+)?|\brequired|\bsecret)\(\s*"([A-Z_]+)"')
_OF_PROCFILE = re.compile(r"\$\{([A-Z_]+):-([^}]*)\}")
SERVERS = ("dreamcanvas", "printora_sandbox")


def split_list() -> dict[str, str]:
    """Return the names in .env.example with the values beside them."""
    lines = re.findall(
        r"^#?([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE
    )
    assert len(lines) == len(dict(lines)), "a name stands there twice"
    return dict(lines)


def of_procfile() -> dict[str, str]:
    return dict(_OF_PROCFILE.findall((ROOT / "Procfile").read_text("utf-8")))


def settings_of(server: str) -> Path:
    return ROOT / server / "settings.py"


def read(server: str, folder: Path, env: dict[str, str]) -> dict[str, Any]:
    """Return a server's settings, read in an environment of nothing else."""
    copy = folder / server / "settings.py"  # away from the developer's own .env
    copy.parent.mkdir(exist_ok=True)
    shutil.copy(settings_of(server), copy)
    with mock.patch.dict(os.environ, {"DEBUG": "True"} | env, clear=True):
        found = runpy.run_path(str(copy))
    return {name: found[name] for name in found if name.isupper() and name not in NOT_COMPARED}


def test_it_lists_what_is_read_and_nothing_else() -> None:
    texts = [settings_of(server).read_text("utf-8") for server in SERVERS]
    names = {name for text in texts for name in _READ.findall(text)}
    assert set(split_list()) == names | set(of_procfile())


@pytest.mark.parametrize("server", SERVERS)
def test_what_it_shows_is_what_the_demo_has(server: str, tmp_path: Path) -> None:
    shown = {name: value for name, value in split_list().items() if name not in EXAMPLES}
    assert read(server, tmp_path, shown) == read(server, tmp_path, {})


def test_what_it_shows_is_what_the_procfile_has() -> None:
    assert of_procfile().items() <= split_list().items()


def test_readme_explains_settings_that_it_lists() -> None:
    table = (
        (ROOT / "README.md").read_text("utf-8").partition("## Settings")[2].partition("\n## ")[0]
    )
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}
    assert named
    assert named <= set(split_list())
