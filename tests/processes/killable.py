"""Database and broker servers that tests kill, stop and start again at the same address."""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
import redis

from tools import engines

RESTART_TIMEOUT = 60  # seconds


class KillablePostgres:
    """A durable PostgreSQL of its own; use it as a context manager."""

    def __enter__(self) -> Self:
        self._exits = contextlib.ExitStack()
        parent = self._exits.enter_context(tempfile.TemporaryDirectory(prefix="killable-"))
        self._folder = Path(parent) / "pg"
        self.url = self._exits.enter_context(engines.postgres(self._folder))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._exits.close()

    def kill(self, sig: signal.Signals = signal.SIGKILL) -> None:
        """Kill the whole server: at once, or by SIGQUIT for its immediate shutdown."""
        postmaster = int((self._folder / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, sig)
        deadline = time.monotonic() + RESTART_TIMEOUT
        while self._answers():
            assert time.monotonic() < deadline, "PostgreSQL still answers"
            time.sleep(0.05)

    def kill_one_backend(self) -> None:
        """Kill one of its processes; the server then ends all others, recovers and continues."""
        with psycopg.connect(self.url) as connection:
            pid = connection.info.backend_pid
            os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(psycopg.Error):
                connection.execute("SELECT 1")

    def restart(self) -> None:
        """Start it again, and wait until it answers."""
        deadline = time.monotonic() + RESTART_TIMEOUT
        while not self._answers():
            assert time.monotonic() < deadline, "PostgreSQL does not start again"
            # A new server refuses to start until the last process of the killed one has ended; and
            # the PID file of the killed one may look like a server that is not ready yet.
            with contextlib.suppress(subprocess.SubprocessError, AssertionError):
                engines.restart_postgres(self._folder)
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.url, connect_timeout=5):
                return True
        except psycopg.Error:
            return False


class KillableRedis:
    """A Redis of its own, with an append-only file; use it as a context manager."""

    def __enter__(self) -> Self:
        self._exits = contextlib.ExitStack()
        self._folder = Path(self._exits.enter_context(tempfile.TemporaryDirectory()))
        self._port = engines.free_port()
        self._server = contextlib.ExitStack()
        self.url = self._server.enter_context(self._start())
        self._exits.callback(self._server.close)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._exits.close()

    @contextlib.contextmanager
    def stopped(self) -> Iterator[None]:
        """Stop it while the block runs."""
        self._server.close()
        yield
        self._server.enter_context(self._start())

    @contextlib.contextmanager
    def hung(self) -> Iterator[None]:
        """Make it accept connections and never answer, while the block runs."""
        with hung(self.url):
            yield

    def empty(self) -> None:
        """Delete everything: queues, bindings and unacknowledged tasks."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _start(self) -> contextlib.AbstractContextManager[str]:
        return engines.redis(self._folder, port=self._port)


@contextlib.contextmanager
def hung(redis_url: str) -> Iterator[None]:
    """Suspend the process of a Redis: it accepts connections and never answers."""
    with redis.Redis.from_url(redis_url) as client:
        server: Any = client.info("server")
    os.kill(server["process_id"], signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server["process_id"], signal.SIGCONT)
