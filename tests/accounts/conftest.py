"""Fixtures: staff with a password, and the second factor switched on."""

from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.auth.models import User
from pytest_django import Settings

from tests.accounts.signing_in import NAME, PASSWORD


@pytest.fixture
def second_factor(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def operator(db: None) -> User:
    return User.objects.create_superuser(NAME, password=PASSWORD)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at a moment; the test shifts it."""
    with time_machine.travel("2026-03-01T09:00:00Z", tick=False) as traveller:
        yield traveller
