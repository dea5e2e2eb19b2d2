"""The doctor's checks of the database and of the broker."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from celery import Celery
from celery.app import app_or_default
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from printora_integration import doctor
from printora_integration.doctor import Level, broker, database
from tests.integration.production import levels
from tools import engines


@pytest.mark.django_db(transaction=True)
def test_database_with_every_migration_is_ok() -> None:
    [finding] = doctor.run_checks([database.check_database])
    assert finding.level == Level.OK
    assert finding.message.startswith(connection.display_name)


@pytest.mark.django_db(transaction=True)
def test_database_that_lacks_a_migration_is_an_error() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("sessions", "0001_initial")
    try:
        [finding] = doctor.run_checks([database.check_database])
    finally:
        recorder.record_applied("sessions", "0001_initial")
    assert finding.level == Level.ERROR
    assert finding.hint == "Run `manage.py migrate`."


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    """Run a Redis of our own: its settings are changed here."""
    with engines.redis() as url:
        yield url


@pytest.fixture
def queue(redis_url: str) -> Iterator[Callable[..., None]]:
    """Give Celery's current app that Redis; return a function that changes its settings."""
    usual = app_or_default()
    app = Celery("doctor", broker=redis_url, set_as_current=False)
    app.set_current()
    server = redis.Redis.from_url(redis_url)

    def configure(**changes: str) -> None:
        for name, value in changes.items():
            server.config_set(name.replace("_", "-"), value)

    yield configure
    configure(appendonly="no")  # while it writes its first file, Redis does not end on request
    server.close()
    app.close()
    usual.set_current()


def test_redis_that_loses_nothing_is_ok(queue: Callable[..., None]) -> None:
    queue(maxmemory_policy="noeviction", appendonly="yes")
    assert levels(broker.check_broker()) == ["ok", "ok"]


def test_redis_that_loses_the_queue_at_a_restart_is_a_warning(queue: Callable[..., None]) -> None:
    queue(maxmemory_policy="noeviction", appendonly="no")
    assert levels(broker.check_broker()) == ["ok", "warning"]


def test_redis_that_drops_work_when_it_is_full_is_an_error(queue: Callable[..., None]) -> None:
    queue(maxmemory_policy="allkeys-lru", appendonly="yes")
    _broker, finding = broker.check_broker()
    assert finding.level == Level.ERROR
    assert finding.hint == "Set maxmemory-policy noeviction in redis.conf."


def test_redis_that_hides_its_settings_is_a_warning(
    queue: Callable[..., None], redis_url: str
) -> None:
    server: Any = redis.Redis.from_url(redis_url)
    server.execute_command("ACL", "SETUSER", "default", "-config")
    try:
        assert levels(broker.check_broker()) == ["ok", "warning"]
    finally:
        server.execute_command("ACL", "SETUSER", "default", "+config")
        server.close()


def test_broker_of_files_is_ok() -> None:
    [finding] = broker.check_broker()
    assert (finding.level, finding.message) == (Level.OK, "It answers (filesystem).")
