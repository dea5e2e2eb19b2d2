import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from celery import Celery, current_app
from kombu import Connection

from dreamcanvas.broker import files
from dreamcanvas.broker import redis as redis_broker
from tools import engines

TASK = "printora_integration.tasks.expire_sessions"


@pytest.fixture(scope="session", autouse=True)
def registered_tasks() -> None:
    """Register the tasks of all apps, as a worker does when it starts."""
    current_app.loader.import_default_modules()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    with engines.redis() as url:
        yield url


@pytest.fixture
def client(redis_server: str) -> Iterator[redis.Redis]:
    """Return a client of an empty Redis."""
    with redis.Redis.from_url(redis_server) as client:
        client.flushall()
        yield client


@pytest.fixture
def redis_connection(client: object, redis_server: str) -> Iterator[Connection]:
    with Connection(redis_server, transport=redis_broker.Transport) as connection:
        yield connection


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "broker" / "queue"


@pytest.fixture
def file_connection(folder: Path) -> Iterator[Connection]:
    options = {"data_folder_in": str(folder), "polling_interval": 0.01}
    with Connection(
        "filesystem://", transport=files.Transport, transport_options=options
    ) as connection:
        yield connection


@pytest.fixture
def send() -> Callable[..., None]:
    """Return a function that sends a task over a connection, as Celery does."""

    def _send(connection: Connection, task: str = TASK, **options: Any) -> None:
        app = Celery("sender", set_as_current=False)
        app.send_task(task, connection=connection, **options)

    return _send


@pytest.fixture
def message(file_connection: Connection, folder: Path, send: Callable[..., None]) -> dict[str, Any]:
    """Return a task's message as a broker keeps it."""
    assert TASK in current_app.tasks
    send(file_connection)
    [path] = folder.iterdir()
    parsed: dict[str, Any] = json.loads(path.read_bytes())
    path.unlink()
    return parsed
