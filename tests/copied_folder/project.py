"""The steps of README as a partner takes them: a new project, two folders, README's own files."""

import contextlib
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from packaging.requirements import Requirement

from tests.documents.markdown import README, blocks
from tests.helpers import ROOT, SECRET
from tools.engines import free_port

from .packages import link_packages

FOLDERS = ("printora_integration", "vendor_kit")
START_TIMEOUT = 30  # seconds for the server to answer


class CopiedProject:
    """A partner's project beside nothing of ours but two folders, on the packages README names."""

    def __init__(self, folder: Path, *, api_url: str) -> None:
        self.folder = folder / "shop"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            "HOME": str(folder),
            "PYTHONPATH": str(folder / "site-packages"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PRINTORA_SITE_URL": self.url,
            "PRINTORA_API_URL": api_url,
            "PRINTORA_API_KEY": "sk_test_dreamcanvas_sandbox",
            "PRINTORA_WEBHOOK_SECRET": SECRET,
            "PRINTORA_REDIRECT_HOSTS": api_url,
        }
        link_packages(named_packages(), folder / "site-packages")
        self._build()

    def _build(self) -> None:
        """Start a project, copy the folders beside it, and take README's steps."""
        self.folder.mkdir()
        self.python("-m", "django", "startproject", "shop", ".")
        self.manage("startapp", "prints")
        for name in FOLDERS:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, self.folder / name, ignore=ignored)
        for name, text in readme_files():
            self._write(name, text)
        self.manage("makemigrations", "prints")
        self.manage("migrate")

    def python(self, *arguments: str) -> str:
        """Run Python without this environment's packages, and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-S", *arguments],
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py to its end, and return what it printed."""
        return self.python("manage.py", *arguments)

    def shell(self, code: str) -> Any:
        """Run Python in the project, and return what it assigns to `found`."""
        text = self.manage(
            "shell", "-v", "0", "-c", f"{code}\nimport json\nprint(json.dumps(found))"
        )
        return json.loads(text.splitlines()[-1])

    @contextlib.contextmanager
    def served(self) -> Iterator[None]:
        """Run its server while the context lasts."""
        with (self.folder / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [sys.executable, "-S", "manage.py", "runserver", "--noreload", str(self.port)],
                cwd=self.folder,
                env=self.env,
                stdout=log,
                stderr=log,
            )
        try:
            self._wait_until_it_answers(server)
            yield
        finally:
            server.kill()
            server.wait()

    def _write(self, name: str, text: str) -> None:
        """Add to a file of the project; a file of the app is README's whole."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a" if name.startswith("shop/") else "w", encoding="utf-8") as file:
            file.write(f"\n{text}")

    def _wait_until_it_answers(self, server: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while server.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"{self.url}/prints/", timeout=5)
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "server.log").read_text())


def readme_files() -> list[tuple[str, str]]:
    """Return README's files, each with the name in its first line, in README's order."""
    found = [(re.match(r"(?:# |\{# )((?:shop|prints)/\S+)", code), code) for code in file_blocks()]
    unnamed = [code for name, code in found if name is None]
    assert not unnamed, f"README's block does not say which file it belongs to:\n{unnamed[0]}"
    return [(name[1], code) for name, code in found if name]


def file_blocks() -> list[str]:
    """Return the blocks of README that are files of a project."""
    return [*blocks(README, "python"), *blocks(README, "html")]


def named_requirements() -> list[str]:
    """Return what README tells a partner to install, as `django>=5.2`."""
    (line,) = re.findall(r"^ *pip install (.+)$", README.read_text("utf-8"), re.MULTILINE)
    return [word.strip('"') for word in line.split()]


def named_packages() -> list[str]:
    """Return the names of these packages."""
    return [Requirement(requirement).name for requirement in named_requirements()]
