"""`make` uses a `.venv` that works; one that is broken is made again at the first attempt."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import bootstrap

pytestmark = pytest.mark.one_database


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where `.venv` belongs, in a project of the test's own."""
    (tmp_path / "requirements").mkdir()
    for lock in ("demo", "dev"):
        (tmp_path / "requirements" / f"{lock}.txt").write_text(f"# {lock}\n")
    path = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV", str(path))
    monkeypatch.setattr(bootstrap, "PYTHON", str(path / "bin" / "python"))
    return path


def fake(venv: Path, *, python: str = "#!/bin/sh\necho True\n", pip: str = "") -> None:
    """Put a Python and a pip there that are scripts of the test's own."""
    (venv / "bin").mkdir(parents=True)
    for name, text in (("python", python), ("pip", pip or f"#!{venv}/bin/python\n")):
        (venv / "bin" / name).write_text(text)
        (venv / "bin" / name).chmod(0o755)


def test_working_environment_is_used(venv: Path) -> None:
    fake(venv)
    assert bootstrap.is_usable()


def test_link_to_a_working_environment_is_used(venv: Path, tmp_path: Path) -> None:
    fake(tmp_path / "shared")
    venv.symlink_to(tmp_path / "shared")
    assert bootstrap.is_usable()


@pytest.mark.parametrize(
    "damage",
    [
        {"python": "#!/nowhere/python\n"},
        {"python": "\x7fELF of another machine"},
        {"python": "#!/bin/sh\necho False\n"},  # another version
        {"python": "#!/bin/sh\nexit 1\n"},  # no pip to import
        {"pip": "#!/former/place/.venv/bin/python\n"},
    ],
    ids=["python-gone", "other-machine", "other-version", "no-pip", "moved"],
)
def test_environment_that_does_not_work_is_not_used(venv: Path, damage: dict[str, str]) -> None:
    fake(venv, **damage)
    assert not bootstrap.is_usable()


def test_interrupted_environment_is_not_used(venv: Path) -> None:
    (venv / "bin").mkdir(parents=True)
    assert not bootstrap.is_usable()


def test_whatever_stands_there_is_removed_and_the_target_of_a_link_stays(
    venv: Path, tmp_path: Path
) -> None:
    target = tmp_path / "shared"
    fake(target)
    makers: list[Callable[[], None]] = [
        venv.mkdir,
        venv.touch,
        lambda: venv.symlink_to(target),
        lambda: venv.symlink_to(tmp_path / "gone"),
    ]
    for make in makers:
        make()
        bootstrap.remove_venv()
        assert not os.path.lexists(venv)
    assert (target / "bin" / "python").exists()


def test_environment_whose_python_is_gone_is_made_anew_at_once(venv: Path) -> None:
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to("/nowhere/python3.11")
    bootstrap.make_venv()
    assert bootstrap.is_usable()


def test_full_disk_and_missing_rights_are_named(
    venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for output, message in (
        ("[Errno 28] No space left on device", "The disk is full"),
        ("[Errno 13] Permission denied: '/x/.venv'", "cannot be written"),
        ("ensurepip is not available", "install it"),
    ):
        program = venv.parent / "python3"
        program.write_text(f'#!/bin/sh\necho "{output}"\nexit 1\n')
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(program))
        with pytest.raises(SystemExit, match=message):
            bootstrap.make_venv()


def test_pip_that_is_killed_half_way_runs_again(venv: Path) -> None:
    fake(venv, python="#!/bin/sh\nkill -9 $$\n")
    (venv / "installed-demo").write_text("an older lock")
    with pytest.raises(SystemExit):
        bootstrap.install("demo")
    assert not (venv / "installed-demo").exists()


def test_lock_that_another_version_of_the_project_changed_is_installed_again(venv: Path) -> None:
    fake(venv)
    bootstrap.install("dev")
    bootstrap.install("demo")
    assert {path.name for path in venv.glob("installed-*")} == {"installed-demo", "installed-dev"}
    requirements = venv.parent / "requirements"
    shutil.copytree(requirements, venv.parent / "former")
    for lock in ("demo", "dev"):
        (requirements / f"{lock}.txt").write_text("# newer\n")
    bootstrap.install("demo")  # it may change what dev had installed
    assert [path.name for path in venv.glob("installed-*")] == ["installed-demo"]


def test_file_runs_under_an_old_python() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import ast; ast.parse(open({bootstrap.__file__!r}).read(), feature_version=(3, 6))",
        ],
        check=False,
    )
    assert done.returncode == 0
