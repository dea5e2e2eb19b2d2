"""A row is inserted once, and the caller who inserted it knows."""

from collections.abc import Callable
from typing import Any

import pytest
from axes.models import AccessAttempt  # any model will do that has a constraint and defaults

from vendor_kit.inserts import insert_or_ignore

pytestmark = pytest.mark.django_db

UNIQUE = ("username", "ip_address", "user_agent")


def attempt(path: str = "/first/") -> AccessAttempt:
    return AccessAttempt(
        username="ada",
        ip_address="127.0.0.1",
        user_agent="Firefox",
        path_info=path,
        failures_since_start=1,
    )


def test_new_row_is_what_save_would_have_made() -> None:
    row = attempt()
    assert insert_or_ignore(row, unique=UNIQUE) is True
    saved = AccessAttempt.objects.get()
    assert saved == row
    assert (saved.path_info, saved.failures_since_start, saved.get_data) == ("/first/", 1, "")
    assert saved.attempt_time == row.attempt_time  # that the field itself has set


def test_inserted_row_can_be_saved_again() -> None:
    row = attempt()
    insert_or_ignore(row, unique=UNIQUE)
    row.path_info = "/changed/"
    row.save()
    assert AccessAttempt.objects.get().path_info == "/changed/"


def test_existing_row_stays_and_the_transaction_goes_on() -> None:
    insert_or_ignore(attempt(), unique=UNIQUE)
    late = attempt("/late/")
    assert insert_or_ignore(late, unique=UNIQUE) is False
    assert late.pk is None
    assert AccessAttempt.objects.get().path_info == "/first/"


def test_insert_is_one_statement(django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(1):
        insert_or_ignore(attempt(), unique=UNIQUE)
    with django_assert_num_queries(1):
        insert_or_ignore(attempt(), unique=UNIQUE)
