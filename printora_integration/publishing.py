"""Queue a task from a page, without ever making a visitor wait for a broker that hangs."""

import logging
from typing import Any

from celery import Task, current_app

logger = logging.getLogger(__name__)

_PATIENCE = 0.25  # seconds for each step of reaching the broker; there are at most three


def publish(task: "Task[Any, Any]", *args: Any, **kwargs: Any) -> bool:  # noqa: ANN401 -- the task's own
    """Queue a task; return False, within a second, when the broker takes none.

    For pages: say that it could not be started, and offer to try again. The work itself must not
    depend on this: what has to happen stands in the database, and beat's next round finds it.
    """
    # A connection of its own: the pool's wait as long as the workers' do.
    patience = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE}
    options = {**(current_app.conf.broker_transport_options or {}), **patience}
    try:
        with current_app.connection_for_write(
            connect_timeout=_PATIENCE, transport_options=options
        ) as connection:
            task.apply_async(args, kwargs, connection=connection, retry=False)  # type: ignore[call-arg]
    except Exception as error:  # noqa: BLE001 -- each transport has its own, and none may reach a page
        logger.warning("task not queued: %s: %s", task.name, type(error).__name__)
        return False
    return True
