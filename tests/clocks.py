"""Machines with wrong clocks, beside a database whose clock is right."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

DAY = timedelta(days=1)
wrong_clocks = pytest.mark.parametrize("error", [DAY, -DAY])
two_clocks = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has the clock of its machine"
)


def machine(error: timedelta) -> time_machine.travel:
    """Travel to the time of a machine whose clock is wrong by so much."""
    return time_machine.travel(timezone.now() + error)
