"""The signal between the code that queues webhooks and the worker that sends them."""

import threading

_wakeup = threading.Event()


def notify() -> None:
    """Wake the worker: the queue may have a new webhook."""
    _wakeup.set()


def wait(seconds: float) -> None:
    """Sleep until ``notify`` is called or the time is over."""
    _wakeup.wait(seconds)
    _wakeup.clear()
