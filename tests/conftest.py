"""What every test shares: a database that threads can use, one webhook secret, and two clients."""

from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.helpers import SECRET

# The same examples on every run: a test that fails on one machine fails on all.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("suite")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Put SQLite's test database in a file, so that threads share it as in production."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)


# How Django writes `Now()`, for PostgreSQL and for SQLite.
_CLOCKS = ("STATEMENT_TIMESTAMP()", "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW')")


@pytest.fixture(autouse=True)
def database_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """Make `time_machine` move the database's clock too, unless `own_database_clock` is marked."""

    def execute(run: Callable[..., object], sql: str, *arguments: object) -> object:
        now = f"'{timezone.now().replace(tzinfo=None)}'"
        if connections["default"].vendor == "postgresql":
            now = f"{now}::timestamp AT TIME ZONE 'UTC'"
        for clock in _CLOCKS:
            sql = sql.replace(clock, f"({now})")
        return run(sql, *arguments)

    def follow(connection: BaseDatabaseWrapper, **_signal: object) -> None:
        if execute not in connection.execute_wrappers:
            connection.execute_wrappers.append(execute)

    if "own_database_clock" in request.keywords:
        yield
        return
    connection_created.connect(follow)  # of the test's threads
    follow(connections["default"])
    yield
    connection_created.disconnect(follow)
    connections["default"].execute_wrappers.remove(execute)


@pytest.fixture(autouse=True)
def one_secret(settings: Settings) -> None:
    settings.PRINTORA_WEBHOOK_SECRETS = [SECRET]


@pytest.fixture
def vendor() -> Client:
    """Return a client that calls as Printora does: no cookie, no CSRF token, 500 for an error."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def staff_client(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_user("operator", is_staff=True, is_superuser=True))
    return client
