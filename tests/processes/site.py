"""Run DreamCanvas as it runs in production: its own processes, on a database of its own."""

import contextlib
import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg

from tests.helpers import ROOT, SECRET
from tools.engines import free_port
from tools.processes import procfile

TIMEOUT = 30  # seconds for anything that a process has to do


class Site:
    """The processes of one site on one database; `stop` ends them all."""

    def __init__(self, folder: Path, database_url: str, **env: str) -> None:
        self.folder = folder
        self.database_url = env.get("DATABASE_URL", database_url)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "PYTHONUNBUFFERED": "1",
            "LOG_LEVEL": "WARNING",
            "DEBUG": "False",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "APP_URL": self.url,
            "PORT": str(self.port),
            "DATABASE_URL": database_url,
            "PRINTORA_API_URL": "http://127.0.0.1:1",
            "PRINTORA_API_KEY": "sk_test_of_the_tests",
            "PRINTORA_WEBHOOK_SECRET": SECRET,
            "REDIS_URL": "",
            "SITE_FOLDER": str(folder),
            **env,
        }
        self._running: list[subprocess.Popen[bytes]] = []

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py to its end; return what it printed."""
        return self.run(sys.executable, "manage.py", *arguments)

    def run(self, *command: str) -> str:
        """Run any command to its end, with the site's settings; return what it printed."""
        done = subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(
        self, name: str, *, procfile_name: str = "Procfile", env: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a process of a Procfile, as the leader of a group of its own; `env` is added."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                ["sh", "-c", procfile(procfile_name)[name]],
                cwd=ROOT,
                env=self.env | (env or {}),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._running.append(process)
        return process

    def start_web(self) -> subprocess.Popen[bytes]:
        """Start the web process and wait until it answers."""
        web = self.start("web")
        self.wait_for(self._is_answering, "the web process to answer")
        return web

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process and all its children, as a power failure would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._running.remove(process)

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """Ask a process to end, and wait for it, as a deployment does."""
        process.terminate()
        process.wait(timeout=TIMEOUT)
        self._running.remove(process)

    def stop(self) -> None:
        """End every process that still runs."""
        for process in list(self._running):
            self.kill(process)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what a query finds in the site's database."""
        if self.database_url.startswith("sqlite"):
            path = self.database_url.removeprefix("sqlite:///")
            with contextlib.closing(sqlite3.connect(path, timeout=TIMEOUT)) as connection:
                return connection.execute(query).fetchall()
        with psycopg.connect(self.database_url) as server:
            return server.execute(query.encode()).fetchall()

    def wait_for(
        self, happened: Callable[[], bool], what: str, *, seconds: float = TIMEOUT
    ) -> None:
        """Wait until something has happened, or fail with the end of the processes' logs."""
        deadline = time.monotonic() + seconds
        while not happened():
            if time.monotonic() > deadline:
                logs = [log.read_text()[-2000:] for log in self.folder.glob("*.log")]
                raise AssertionError(f"waited {seconds} s for {what}\n" + "\n".join(logs))
            time.sleep(0.05)

    def _is_answering(self) -> bool:
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/healthz", timeout=5).is_success
        return False


@contextlib.contextmanager
def fresh_database(folder: Path, *, like: str = "", server: str | None = None) -> Iterator[str]:
    """Yield the URL of a new database, empty or a copy of the database with the URL `like`.

    The database is on the PostgreSQL server of the URL `server`, or of DATABASE_URL without one. If
    that URL names no PostgreSQL, the database is an SQLite file in `folder`.
    """
    server = os.environ.get("DATABASE_URL", "") if server is None else server
    if not server.startswith("postgres"):
        path = folder / "site.sqlite3"
        if like:
            shutil.copy(like.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
        return
    name = f"site_{secrets.token_hex(4)}"
    template = urlsplit(like).path.strip("/") or "template1"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
