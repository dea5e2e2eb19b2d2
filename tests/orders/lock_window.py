"""A window between two locks: a test holds it open with an event, and another thread meets it."""

import contextlib
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

from django.db import connection

MAX_WAIT = 10  # seconds; PostgreSQL finds a deadlock after one


class LockWindow:
    """The time in which one thread has locked an order and another is about to lock it.

    The first thread goes on once the second has reached the order. Where the second has locked
    something before that the first needs next, they wait for each other: a deadlock.
    """

    def __init__(self) -> None:
        self._is_locked, self._is_reached = Event(), Event()

    @contextlib.contextmanager
    def first(self) -> Iterator[None]:
        """Lock an order in this block, and wait then for the other thread to reach it."""

        def hold() -> None:
            self._is_locked.set()
            assert self._is_reached.wait(MAX_WAIT)

        with _around_order_lock(after=hold):
            yield

    @contextlib.contextmanager
    def second(self) -> Iterator[None]:
        """Begin this block once the first thread has locked the order, and lock it too."""
        assert self._is_locked.wait(MAX_WAIT)
        with _around_order_lock(before=self._is_reached.set):
            yield


def _nothing() -> None:
    pass


@contextlib.contextmanager
def _around_order_lock(
    *, before: Callable[[], None] = _nothing, after: Callable[[], None] = _nothing
) -> Iterator[None]:
    """Call these around each statement of this thread that locks orders."""

    def wrap(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if 'FROM "orders_order"' not in sql or "FOR UPDATE" not in sql:
            return execute(sql, *args)
        before()
        result = execute(sql, *args)
        after()
        return result

    with connection.execute_wrapper(wrap):
        yield
