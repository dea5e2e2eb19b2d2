"""Check what we run ourselves: the database, the broker, and how Redis keeps the queue."""

from collections.abc import Iterator
from typing import Any

from django.db import Error as DatabaseError
from django.db import connection as database
from django.db.migrations.executor import MigrationExecutor
from kombu import Connection
from kombu.exceptions import OperationalError

from printora_integration.broker import broker_connection

from .findings import Finding, Level

_REDIS = (
    (
        "maxmemory-policy",
        "noeviction",
        Level.ERROR,
        "When it is full it drops queued work.",
        "Set maxmemory-policy noeviction in redis.conf.",
    ),
    (
        "appendonly",
        "yes",
        Level.WARNING,
        "A restart of it loses what is queued.",
        "Set appendonly yes in redis.conf.",
    ),
)


def check_database() -> Iterator[Finding]:
    """Check that the database answers, and that its tables are those of this code."""
    try:
        executor = MigrationExecutor(database)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        words = "The database does not answer."
        advice = "Check its address and its password in your settings, and that it runs."
        yield Finding(Level.ERROR, "database", words, advice)
        return
    finally:
        database.close()  # this thread's own
    name = database.display_name
    if missing:
        words = f"{name} answers; migrations that are not applied: {len(missing)}."
        yield Finding(Level.ERROR, "database", words, "Run `manage.py migrate`.")
    else:
        yield Finding(Level.OK, "database", f"{name} answers, and every migration is applied.")


def check_broker() -> Iterator[Finding]:
    """Check that background work can be queued, and that Redis does not lose it."""
    try:
        with broker_connection() as broker:
            kind = broker.transport.driver_type
            yield Finding(Level.OK, "broker", f"It answers ({kind}).")
            if kind == "redis":
                yield from _redis(broker)
    except (OSError, OperationalError):
        advice = "Check its address in your settings, and that it runs."
        yield Finding(Level.ERROR, "broker", "It does not answer.", advice)


def _redis(broker: Connection) -> Iterator[Finding]:
    try:
        channel: Any = broker.default_channel  # kombu's for Redis, with a client of redis-py
        found = {name: channel.client.config_get(name).get(name) for name, *_ in _REDIS}
    except broker.channel_errors:  # hosted ones refuse CONFIG
        words = "It does not tell its settings."
        advice = "See that maxmemory-policy is noeviction and appendonly is yes."
        yield Finding(Level.WARNING, "Redis", words, advice)
        return
    wrong = [
        Finding(level, "Redis", words, advice)
        for setting, good, level, words, advice in _REDIS
        if found[setting] != good
    ]
    yield from wrong or [Finding(Level.OK, "Redis", "It keeps what is queued.")]
