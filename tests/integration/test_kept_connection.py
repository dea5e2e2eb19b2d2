"""A connection kept between requests is found out when PostgreSQL has ended it, without a query."""

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
def kept() -> Iterator[BaseDatabaseWrapper]:
    kept = connection.copy()
    kept.connect()
    kept.set_autocommit(True)
    yield kept
    kept.close()


def pid(of: BaseDatabaseWrapper) -> int:
    return int(of.connection.info.backend_pid)


def last_asked(of: BaseDatabaseWrapper) -> datetime:
    """Return when PostgreSQL was last asked anything on a connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT query_start FROM pg_stat_activity WHERE pid = %s", [pid(of)])
        moment: datetime
        (moment,) = cursor.fetchone()
    return moment


def test_standing_connection_is_usable_and_the_server_is_not_asked(
    kept: BaseDatabaseWrapper,
) -> None:
    before = last_asked(kept)
    assert kept.is_usable()
    assert last_asked(kept) == before


def test_connection_that_the_server_ended_is_not_usable(kept: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid(kept)])
        assert cursor.fetchone() == (True,)
    assert not kept.is_usable()


def test_server_is_asked_after_an_error(kept: BaseDatabaseWrapper) -> None:
    before = last_asked(kept)
    kept.errors_occurred = True
    assert kept.is_usable()
    assert last_asked(kept) != before


def test_news_from_the_server_does_not_make_a_connection_unusable(
    kept: BaseDatabaseWrapper,
) -> None:
    with kept.cursor() as cursor:
        cursor.execute("LISTEN news")
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY news")
    assert kept.is_usable()
