"""A connection that PostgreSQL has ended is noticed without a query, and only then replaced."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's connections"),
]


@pytest.fixture
def persistent() -> Iterator[BaseDatabaseWrapper]:
    persistent = connection.copy()
    persistent.connect()
    persistent.set_autocommit(True)
    yield persistent
    persistent.close()


def pid(of: BaseDatabaseWrapper) -> int:
    return int(of.connection.info.backend_pid)


def last_query(of: BaseDatabaseWrapper) -> datetime:
    """Return when a connection last had a query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT query_start FROM pg_stat_activity WHERE pid = %s", [pid(of)])
        moment: datetime
        (moment,) = cursor.fetchone()
    return moment


def test_open_connection_is_usable_without_a_query(
    persistent: BaseDatabaseWrapper,
) -> None:
    before = last_query(persistent)
    assert persistent.is_usable()
    assert last_query(persistent) == before


def test_connection_that_the_server_ended_is_not_usable(persistent: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid(persistent)])
        assert cursor.fetchone() == (True,)
    assert not persistent.is_usable()


def test_connection_is_queried_after_an_error(persistent: BaseDatabaseWrapper) -> None:
    before = last_query(persistent)
    persistent.errors_occurred = True
    assert persistent.is_usable()
    assert last_query(persistent) != before


def test_notification_from_the_server_does_not_make_a_connection_unusable(
    persistent: BaseDatabaseWrapper,
) -> None:
    with persistent.cursor() as cursor:
        cursor.execute("LISTEN topic")
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY topic")
    assert persistent.is_usable()
