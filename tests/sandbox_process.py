"""A real sandbox process for tests, with its own port and its own temporary database."""

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
START_TIMEOUT_SECONDS = 30
# The variables of the caller's shell and .env must not reach the process under test.
_INHERITED_NAMES = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV")


class SandboxProcess:
    """The sandbox, started as in production; a context manager.

    ``env`` adds to or overrides its environment. The rate limit is off unless ``env`` sets
    ``SANDBOX_RATE_LIMIT``. ``stop`` and ``start`` keep the database: a test can simulate a crash.
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
        self.env = {name: os.environ[name] for name in _INHERITED_NAMES if name in os.environ} | {
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
        """Migrate a new database and start."""
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
        """Stop the process and remove the database."""
        self.close()

    @property
    def database_url(self) -> str:
        """The URL of its database; a second process may share it."""
        return f"sqlite:///{self._database}"

    @property
    def log(self) -> str:
        """The output of the process so far."""
        path = self._log_path
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self) -> None:
        """Start the server and wait until it responds."""
        with self._log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "granian", "--interface", "wsgi"),
                    *("--host", "127.0.0.1", "--port", str(self.port)),
                    *("--workers", "1", "--blocking-threads", "4"),
                    "printora_sandbox.wsgi:application",
                ],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,  # its own process group, so that stop() ends all of it
            )
        self._wait_until_ready()

    def stop(self, sig: signal.Signals = signal.SIGTERM) -> None:
        """End the server and its worker with this signal, and wait for it."""
        process, self._process = self._process, None
        if process is None:
            return
        group = process.pid  # the group has the leader's pid
        _signal_group(group, sig)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            _signal_group(group, signal.SIGKILL)
            process.wait(timeout=10)
        _signal_group(group, signal.SIGKILL)  # for a worker that is still alive

    def close(self) -> None:
        """Kill the process and remove the database."""
        self.stop(signal.SIGKILL)
        self._folder.cleanup()

    @property
    def _log_path(self) -> Path:
        return Path(self._folder.name) / "log.txt"

    @property
    def _database(self) -> Path:
        return Path(self._folder.name) / "sandbox.sqlite3"

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"The sandbox ended at once:\n{self.log}")
            try:
                if httpx.get(f"{self.url}/healthz", trust_env=False).text == "ok":
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise RuntimeError(f"The sandbox did not respond:\n{self.log}")


@functools.cache
def _migrated_database() -> Path:
    """Migrate one database for the whole test run; each process gets a copy."""
    folder = Path(tempfile.mkdtemp(prefix="sandbox-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "migrated.sqlite3"
    subprocess.run(
        [sys.executable, "-m", "printora_sandbox", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={name: os.environ[name] for name in _INHERITED_NAMES if name in os.environ}
        | {"SANDBOX_DATABASE_URL": f"sqlite:///{path}"},
        check=True,
    )
    return path


def _signal_group(group: int, sig: signal.Signals) -> None:
    try:
        os.killpg(group, sig)
    except ProcessLookupError:
        return
