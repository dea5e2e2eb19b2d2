"""The core of printora_integration runs without any of the optional parts."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Self

import pytest

from tests.copied_folder.packages import import_names, link_packages, with_dependencies
from tests.helpers import ROOT
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.one_database

FOLDER = ROOT / "printora_integration"
OPTIONAL = {
    "merch": ["merch"],
    "reconciliation": ["reconciliation"],
    "retention": ["retention.py"],
    "tasks": ["tasks.py"],
    "health": ["health.py"],
    "cli": ["cli", "management"],
    "doctor": ["doctor"],
    "templatetags": ["templatetags"],
}
QUEUE = "vendor_kit/queue.py"
# What the README tells a partner to install for the core.
CORE_PACKAGES = ("django", "httpx", "stamina", "pydantic")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with SandboxProcess() as process:
        yield process


class Endpoint(HTTPServer):
    """A webhook endpoint that says yes to everything, and remembers it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.deliveries: list[tuple[Message, bytes]] = []
        self.url = f"http://127.0.0.1:{self.server_port}/webhooks/printora/"

    def __enter__(self) -> Self:
        Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.deliveries.append((self.headers, body))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"received": true, "duplicate": false}')

    def log_message(self, *_: object) -> None:
        """Log nothing."""


def core_packages() -> list[str]:
    packages = {distribution.name for distribution in with_dependencies(CORE_PACKAGES)}
    own = {"printora_integration", "vendor_kit", "partner_project"}
    assert "celery" not in packages
    return sorted(import_names(packages) | own)


def copy_without(parts: Iterable[str], folder: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("printora_integration", "vendor_kit"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for part in parts:
        path = folder / part
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copy(Path(__file__).parent / "partner_project.py", folder)


def run_project(
    folder: Path, sandbox: SandboxProcess, allowed: Iterable[str] = (), **env: str
) -> Any:
    options = ["-S"] if "PYTHONPATH" in env else []  # those packages and no other
    usual = {"HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "NO_PROXY": "*"}
    done = subprocess.run(
        [sys.executable, *options, "-W", "error", "partner_project.py", sandbox.url, *allowed],
        cwd=folder,
        env=usual | env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def assert_core_works(result: Any, sandbox: SandboxProcess) -> None:
    assert result["redirect_url"].startswith(f"{sandbox.url}/en/print/")
    assert result["deliveries"] == [
        {"received": True, "duplicate": False},
        {"received": True, "duplicate": True},
    ]
    assert result["admin"] == [200, 200, 200, 200]
    assert result["status"] > 0


@pytest.mark.parametrize("part", OPTIONAL)
def test_core_runs_without(part: str, tmp_path: Path, sandbox: SandboxProcess) -> None:
    copy_without([f"printora_integration/{name}" for name in OPTIONAL[part]], tmp_path)
    assert_core_works(run_project(tmp_path, sandbox), sandbox)


def test_core_runs_alone_and_imports_only_the_packages_that_it_names(
    tmp_path: Path, sandbox: SandboxProcess
) -> None:
    names = [f"printora_integration/{name}" for parts in OPTIONAL.values() for name in parts]
    copy_without([*names, QUEUE], tmp_path)
    assert_core_works(run_project(tmp_path, sandbox, core_packages()), sandbox)


def test_trigger_works_where_celery_is_not_installed(
    tmp_path: Path, sandbox: SandboxProcess
) -> None:
    copy_without([], tmp_path)
    link_packages(CORE_PACKAGES, tmp_path / "site-packages")
    installed = {"PYTHONPATH": str(tmp_path / "site-packages")}
    with Endpoint() as endpoint:
        result = run_project(tmp_path, sandbox, TRIGGER_URL=endpoint.url, **installed)
    assert result["response"] == {"received": True, "duplicate": False}
    [(headers, body)] = endpoint.deliveries
    assert json.loads(body)["event"] == "order.paid"
    assert headers["x-printora-signature"].startswith("sha256=")


@pytest.mark.parametrize("parts", [["doctor"], ["reconciliation"], ["doctor", "reconciliation"]])
def test_command_line_runs_without(
    parts: list[str], tmp_path: Path, sandbox: SandboxProcess
) -> None:
    copy_without([f"printora_integration/{part}" for part in parts], tmp_path)
    (tmp_path / "printora_integration" / "doctor" / "__pycache__").mkdir(
        parents=True, exist_ok=True
    )
    with Endpoint() as endpoint:
        result = run_project(tmp_path, sandbox, TRIGGER_URL=endpoint.url)
    assert result["response"] == {"received": True, "duplicate": False}


def test_package_guard_refuses_what_is_not_named(tmp_path: Path, sandbox: SandboxProcess) -> None:
    copy_without([], tmp_path)
    with pytest.raises(AssertionError, match="The core must not import"):
        run_project(tmp_path, sandbox, ["django"])


def test_every_part_of_the_folder_is_core_or_optional() -> None:
    optional = {name for parts in OPTIONAL.values() for name in parts}
    not_counted = {"migrations", "README.md", "VERSION", "py.typed", "__pycache__"}
    core = {path.name for path in FOLDER.iterdir()} - optional - not_counted
    assert core == {
        *("__init__.py", "admin.py", "apps.py", "checks.py", "conf.py", "exceptions.py"),
        *("payloads.py", "signals.py", "urls.py"),
        *("client", "models", "print_sessions", "schemas", "webhooks"),
    }
    assert len(core) <= 14
