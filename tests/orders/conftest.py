"""Forget what a test before has cached, and go back to when the stories' orders were made."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_cached() -> None:
    cache.clear()


@pytest.fixture
def in_those_days() -> Iterator[None]:
    """Let it be the day on which the stories' orders are shipped: all that they tell is news."""
    with time_machine.travel("2026-02-28T10:00:00Z"):
        yield
