"""Do what README tells a partner to do: a new Django project, the folder, and README's own code."""

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

PATIENCE = 30  # seconds for the server to answer

# What README leaves to the partner: an app with a model, the two pages, and where things are found.
_THEIR_APP = {
    "prints/__init__.py": "",
    "prints/apps.py": """
from django.apps import AppConfig


class PrintsConfig(AppConfig):
    name = "prints"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import receivers
""",
    "prints/models.py": """
from django.db import models


class Invoice(models.Model):
    order = models.CharField(max_length=128)
    total = models.DecimalField(max_digits=12, decimal_places=2, null=True)
""",
    "prints/urls.py": """
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import path

from . import views


def page(request):
    return HttpResponse(get_token(request))


app_name = "prints"
urlpatterns = [
    path("print/", views.print_picture),
    path("success/", page, name="success"),
    path("failed/", page, name="failed"),
]
""",
}


class CopiedProject:
    """A partner's project beside nothing of ours but the folder, on the packages README names."""

    def __init__(self, folder: Path, *, api_url: str) -> None:
        self.folder = folder / "shop"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            "HOME": str(folder),
            "PYTHONPATH": str(folder / "site-packages"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "APP_URL": self.url,
            "PRINTORA_API_URL": api_url,
            "PRINTORA_API_KEY": "sk_test_dreamcanvas_sandbox",
            "PRINTORA_WEBHOOK_SECRET": SECRET,
            "PRINTORA_REDIRECT_HOSTS": api_url,
        }
        link_packages(named_packages(), folder / "site-packages")
        self._build()

    def _build(self) -> None:
        """Start a project, copy the folder beside it, and take README's steps."""
        self.folder.mkdir()
        self.python("-m", "django", "startproject", "shop", ".")
        shutil.copytree(
            ROOT / "printora_integration",
            self.folder / "printora_integration",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        for name, text in [*_THEIR_APP.items(), *readme_files()]:
            self._append(name, text)
        self._append("shop/settings.py", 'INSTALLED_APPS += ["prints"]\n')
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

    def _append(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n{text}")

    def _wait_until_it_answers(self, server: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + PATIENCE
        while server.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"{self.url}/prints/success/", timeout=5)
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "server.log").read_text())


def readme_files() -> list[tuple[str, str]]:
    """Return README's Python blocks with the files that their first lines say they belong to."""
    named = []
    for code in blocks(README, "python"):
        name = re.match(r"# ((?:shop|prints)/\w+\.py)\b", code)
        assert name, f"README's block does not say which file it belongs to:\n{code}"
        named.append((name[1], code))
    return named


def named_requirements() -> list[str]:
    """Return what README tells a partner to install, as `django>=5.2`."""
    (line,) = re.findall(r"^ *pip install (.+)$", README.read_text("utf-8"), re.MULTILINE)
    return [word.strip('"') for word in line.split()]


def named_packages() -> list[str]:
    """Return the names of these packages."""
    return [Requirement(requirement).name for requirement in named_requirements()]
