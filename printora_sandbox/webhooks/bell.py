"""The bell on the queue: whoever puts something in rings it, and the sender wakes at once."""

import threading

_bell = threading.Event()


def ring() -> None:
    """Say that there may be something to send."""
    _bell.set()


def wait(seconds: float) -> None:
    """Sleep until somebody rings or the time is over."""
    _bell.wait(seconds)
    _bell.clear()
