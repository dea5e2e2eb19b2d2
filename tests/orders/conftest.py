"""Forget what a test before has cached."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_cached() -> None:
    cache.clear()
