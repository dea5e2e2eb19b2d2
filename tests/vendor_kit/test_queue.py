"""Work is queued within a second, or the caller learns that it was not; nothing waits for ever."""

import logging
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import Celery, Task, shared_task
from celery.app import app_or_default
from kombu.exceptions import OperationalError

from vendor_kit.queue import broker_connection, enqueue


@shared_task
def add(first: int, *, second: int) -> int:
    """Return a sum; no test runs it."""
    return first + second


ADD: "Task[Any, Any]" = add


@pytest.fixture
def broker() -> Iterator[Callable[..., None]]:
    """Return a function that gives Celery's current app another broker, for a test."""
    previous = app_or_default()

    def use(url: str, **options: object) -> None:
        app = Celery("vendor_kit", broker=url, set_as_current=False)
        app.conf.broker_transport_options = options
        app.set_current()

    yield use
    previous.set_current()


@pytest.fixture
def silent_broker(broker: Callable[..., None]) -> Iterator[None]:
    """A broker that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        broker(f"redis://127.0.0.1:{listener.getsockname()[1]}/0")
        yield


@pytest.fixture
def unreachable_broker(broker: Callable[..., None]) -> None:
    """A broker's address where nothing listens."""
    broker("redis://127.0.0.1:1/0")


@pytest.fixture
def queue(broker: Callable[..., None], tmp_path: Path) -> Path:
    """The folder of a broker that stores each message as a file."""
    folder = tmp_path / "queue"
    folder.mkdir()
    broker(
        "filesystem://",
        data_folder_in=str(folder),
        data_folder_out=str(folder),
        control_folder=str(tmp_path / "control"),
    )
    return folder


def test_task_is_queued_with_its_arguments(queue: Path) -> None:
    assert enqueue(ADD, 1, second=2) is True
    [message] = queue.iterdir()
    assert ADD.name in message.read_text()


@pytest.mark.parametrize("broken", ["silent_broker", "unreachable_broker"])
def test_task_that_no_broker_takes_is_false_within_a_second(
    broken: str, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    request.getfixturevalue(broken)
    started = time.monotonic()
    with caplog.at_level(logging.WARNING, logger="vendor_kit"):
        assert enqueue(ADD, 1, second=2) is False
    assert time.monotonic() - started < 1
    assert f"task not queued: {ADD.name}: " in caplog.text


def test_connection_to_a_broker_that_answers_is_yielded(queue: Path) -> None:
    with broker_connection() as connection:
        assert connection.connected


@pytest.mark.parametrize("broken", ["silent_broker", "unreachable_broker"])
def test_connection_to_no_broker_is_an_error_soon(
    broken: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(broken)
    started = time.monotonic()
    with pytest.raises((OSError, OperationalError)), broker_connection():
        pass
    assert time.monotonic() - started < 2
