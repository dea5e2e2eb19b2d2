"""Reach the broker of background work, without ever waiting long."""

from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app
from kombu import Connection

PATIENCE = 0.5  # seconds for each step


@contextmanager
def broker_connection() -> Iterator[Connection]:
    """Yield a connection that a task could be queued over now.

    Raises OSError or kombu's OperationalError when the broker refuses it, or says nothing.
    """
    # Redis waits for ever by default; other transports ignore these.
    patience = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    with current_app.connection_for_write(
        connect_timeout=PATIENCE, transport_options=patience
    ) as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=1)
        yield connection
