"""A real sandbox process for tests, with a port and a database of its own."""

import atexit
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from tools.engines import free_port

ROOT = Path(__file__).resolve().parent.parent
START_TIMEOUT = 30  # seconds
# Settings of the caller's shell or .env must not reach the process under test.
_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV")


class SandboxProcess:
    """The sandbox, started as in production; use it as a context manager.

    `env` adds to its environment or overrides it. The rate limit is off unless `env` sets
    `SANDBOX_RATE_LIMIT`. `stop` and `start` keep the database, so a test can simulate a crash.
    """

    def __init__(
        self,
        *,
        webhook_url: str = "http://127.0.0.1:9/webhooks/printora/",
        api_key: str = "sk_test_dreamcanvas_sandbox",
        secret: str = "whsec_test_sandbox",
        time_scale: float = 1,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.webhook_url = webhook_url
        self.api_key = api_key
        self.secret = secret
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._folder = tempfile.TemporaryDirectory(prefix="sandbox-")
        self._process: subprocess.Popen[bytes] | None = None
        self._env = {name: os.environ[name] for name in _INHERITED if name in os.environ} | {
            "SANDBOX_PORT": str(self.port),
            "SANDBOX_URL": self.url,
            "SANDBOX_DATABASE_URL": self.database_url,
            "SANDBOX_TIME_SCALE": str(time_scale),
            "SANDBOX_RATE_LIMIT": "0",
            "SANDBOX_LINK_LIFETIME": "900",
            "SANDBOX_SESSION_LIFETIME": "86400",
            "SANDBOX_WEBHOOK_URL": webhook_url,
            "APP_URL": "http://localhost:8000",
            "PRINTORA_API_KEY": api_key,
            "PRINTORA_WEBHOOK_SECRET": secret,
            **(env or {}),
        }

    def __enter__(self) -> Self:
        """Copy a migrated database and start."""
        try:
            shutil.copy(_migrated_database(), self._database)
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop, and remove the database."""
        self.close()

    @property
    def database_url(self) -> str:
        """Return where its data is; a second process may share it."""
        return f"sqlite:///{self._database}"

    @property
    def log(self) -> str:
        """Return everything that the process has printed so far."""
        path = self._log_path
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with self._log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "granian", "--interface", "wsgi"),
                    *("--host", "127.0.0.1", "--port", str(self.port)),
                    *("--workers", "1", "--blocking-threads", "4"),
                    "printora_sandbox.wsgi:application",
                ],
                cwd=ROOT,
                env=self._env,
                stdout=log,
                stderr=log,
                start_new_session=True,  # its own process group, so that all of it can be ended
            )
        self._wait_until_it_answers()

    def stop(self, sig: signal.Signals = signal.SIGTERM) -> None:
        """End the server and its worker with this signal, and wait for it."""
        process, self._process = self._process, None
        if process is None:
            return
        group = process.pid  # the leader's pid names the group
        _signal_group(group, sig)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            _signal_group(group, signal.SIGKILL)
            process.wait(timeout=10)
        _signal_group(group, signal.SIGKILL)  # a worker that outlived its parent

    def close(self) -> None:
        """Kill it, and remove the database."""
        self.stop(signal.SIGKILL)
        self._folder.cleanup()

    @property
    def _log_path(self) -> Path:
        return Path(self._folder.name) / "log.txt"

    @property
    def _database(self) -> Path:
        return Path(self._folder.name) / "sandbox.sqlite3"

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"The sandbox ended at once:\n{self.log}")
            try:
                if httpx.get(f"{self.url}/healthz", trust_env=False).text == "ok":
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise RuntimeError(f"The sandbox did not answer:\n{self.log}")


@functools.cache
def _migrated_database() -> Path:
    """Migrate one database for the whole test run; each process gets a copy."""
    folder = Path(tempfile.mkdtemp(prefix="sandbox-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "migrated.sqlite3"
    subprocess.run(
        [sys.executable, "-m", "printora_sandbox", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={name: os.environ[name] for name in _INHERITED if name in os.environ}
        | {"SANDBOX_DATABASE_URL": f"sqlite:///{path}"},
        check=True,
    )
    return path


def _signal_group(group: int, sig: signal.Signals) -> None:
    try:
        os.killpg(group, sig)
    except ProcessLookupError:
        return
