"""`make lint` fails on a known vulnerability, and says plainly where nothing could be audited."""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.helpers import ROOT
from tools import audit

pytestmark = pytest.mark.one_database

CLEAN = {"name": "django", "version": "5.2.19", "vulns": []}
VULNERABLE = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-2020-1"}]}
SKIPPED = {"name": "celery", "skip_reason": "Dependency not found on PyPI"}


def run(folder: Path, *, stdout: str = "", stderr: str = "", seconds: float = 0) -> None:
    """Run the audit with a pip-audit of the test's own."""
    program = folder / "pip_audit.py"
    program.write_text(
        f"import sys, time\ntime.sleep({seconds})\n"
        f"sys.stdout.write({stdout!r})\nsys.stderr.write({stderr!r})\n"
    )
    audit.main(folder / "lock.txt", (sys.executable, str(program)))


def results(*packages: Mapping[str, object]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


@pytest.mark.parametrize(
    ("packages", "line"),
    [
        ((CLEAN, CLEAN), "pip-audit: no known vulnerability in 2 packages\n"),
        ((CLEAN, SKIPPED), "pip-audit: no known vulnerability; 1 of 2 were not audited\n"),
        ((SKIPPED, SKIPPED), f"{audit.NOT_AUDITED}\n"),
        ((), f"{audit.NOT_AUDITED}\n"),
    ],
)
def test_audit_without_a_finding_is_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    packages: tuple[Mapping[str, object], ...],
    line: str,
) -> None:
    run(tmp_path, stdout=results(*packages))
    assert capsys.readouterr().out == line


def test_vulnerability_fails_and_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"pillow 1\.0: PYSEC-2020-1"):
        run(tmp_path, stdout=results(CLEAN, VULNERABLE, SKIPPED), stderr="Found 1 vulnerability")


@pytest.mark.parametrize(
    "stderr",
    [
        "requests.exceptions.ProxyError: HTTPSConnectionPool(host='pypi.org', port=443)",
        "ERROR:pip_audit._cli:Could not connect to PyPI's vulnerability feed",
    ],
)
def test_network_that_fails_is_said_and_fails_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], stderr: str
) -> None:
    run(tmp_path, stderr=stderr)
    assert capsys.readouterr().out == f"{audit.NOT_AUDITED}\n"


def test_network_that_hangs_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "TIMEOUT", 0.2)
    run(tmp_path, seconds=30)
    assert capsys.readouterr().out == f"{audit.NOT_AUDITED}\n"


def test_audit_that_fails_itself_does_not_pass(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="pip-audit failed: no such option"):
        run(tmp_path, stderr="no such option")


def test_audited_lock_holds_every_package_of_the_others() -> None:
    texts = {name: (ROOT / "requirements" / f"{name}.txt").read_text() for name in audit.LOCKS}
    pins = {name: set(re.findall(r"(?m)^\S+==\S+", text)) for name, text in texts.items()}
    assert pins["runtime"]
    assert pins["runtime"] | pins["demo"] <= pins["dev"]


def test_lint_audits() -> None:
    recipe = (ROOT / "Makefile").read_text().partition("\nlint:")[2].partition("\n\n")[0]
    assert "-m tools.audit" in recipe
