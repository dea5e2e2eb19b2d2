"""The queue of background work: every use of Celery's broker that must not take long."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from celery import Task, current_app
from kombu import Connection

logger = logging.getLogger(__name__)

_CONNECT_TIMEOUT = 0.5  # seconds for each step
_ENQUEUE_TIMEOUT = 0.25  # seconds for each step of a visitor's request; there are at most three


def enqueue(task: "Task[Any, Any]", *args: Any, **kwargs: Any) -> bool:  # noqa: ANN401 -- the task's own
    """Queue a task; return False, within a second, when the broker takes none.

    For pages: say that it could not be started, and offer to try again. The work itself must not
    depend on this call: save in the database what has to be done, and a scheduled task finds it.
    """
    try:
        with _bounded_connection(_ENQUEUE_TIMEOUT) as connection:
            task.apply_async(args, kwargs, connection=connection, retry=False)  # type: ignore[call-arg]
    except Exception as error:  # noqa: BLE001 -- each transport has its own, and none may reach a page
        logger.warning("task not queued: %s: %s", task.name, type(error).__name__)
        return False
    return True


@contextmanager
def broker_connection() -> Iterator[Connection]:
    """Yield a connection that a task could be queued over now.

    Raises OSError or kombu's OperationalError when the broker refuses it, or does not answer.
    """
    with _bounded_connection(_CONNECT_TIMEOUT) as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=1)
        yield connection


def _bounded_connection(timeout: float) -> Connection:
    """Return a connection of its own: those of the pool wait as long as workers do, for ever."""
    options = {
        "socket_timeout": timeout,  # Redis waits for ever by default; other transports ignore these
        "socket_connect_timeout": timeout,
        "max_retries": 1,
        "interval_start": 0,
    }
    return current_app.connection_for_write(connect_timeout=timeout, transport_options=options)
