"""Files with customers' data or secrets are for the user who runs the site, and for nobody else."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from pytest_django import Settings

from orders.notifications.file_backend import EmailBackend
from tests.helpers import ROOT
from tools import stack

pytestmark = pytest.mark.one_database


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    """Open new files to everybody unless the code closes them."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_mails_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    EmailBackend(file_path=str(folder)).send_messages([EmailMessage("Paid", "", "a@x", ["b@x"])])
    assert mode_of(folder) == 0o700
    assert [mode_of(path) for path in folder.iterdir()] == [0o600]


def test_folder_of_mails_that_exists_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    EmailBackend(file_path=str(tmp_path)).send_messages([EmailMessage("Paid", "", "a@x", ["b@x"])])
    assert mode_of(tmp_path) == 0o750
    assert [mode_of(path) for path in tmp_path.iterdir()] == [0o600]


def test_uploads_are_private(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("uploads/picture.jpg", ContentFile(b"x"))
    assert mode_of(tmp_path / "uploads") == 0o700
    assert mode_of(tmp_path / "uploads/picture.jpg") == 0o600


def test_demo_and_stack_write_private_files_only(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    program = (
        "import pathlib, sqlite3, subprocess, sys; from tools.private_files import make_private;"
        "folder = pathlib.Path(sys.argv[1]); make_private(folder);"
        "sqlite3.connect(folder / 'site.sqlite3').execute('CREATE TABLE t (c)');"
        "subprocess.run(['touch', folder / 'by-a-child'], check=True)"
    )
    subprocess.run([sys.executable, "-c", program, str(folder)], cwd=ROOT, check=True)
    assert mode_of(folder) == 0o700
    assert {mode_of(path) for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("exists", [False, True])
def test_secrets_of_the_stack_are_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exists: bool
) -> None:
    monkeypatch.setattr(stack, "FOLDER", tmp_path)
    path = tmp_path / "secrets.json"
    if exists:
        path.write_text("{}")  # as an older checkout left it
        path.chmod(0o644)
    stack.stored_secrets()
    assert mode_of(path) == 0o600
