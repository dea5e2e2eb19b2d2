"""The check of Celery's broker, and of how Redis stores the queue."""

from collections.abc import Iterator
from typing import Any

from kombu import Connection
from kombu.exceptions import OperationalError

from vendor_kit.queue import broker_connection

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


def check_broker() -> Iterator[Finding]:
    """Check that background work can be queued, and that Redis does not lose it."""
    try:
        with broker_connection() as broker:
            kind = broker.transport.driver_type
            yield Finding(Level.OK, "broker", f"It answers ({kind}).")
            if kind == "redis":
                yield from _redis(broker)
    except (OSError, OperationalError):
        hint = "Check its address in your settings, and that it runs."
        yield Finding(Level.ERROR, "broker", "It does not answer.", hint)


def _redis(broker: Connection) -> Iterator[Finding]:
    try:
        channel: Any = broker.default_channel  # kombu's for Redis, with a client of redis-py
        found = {name: channel.client.config_get(name).get(name) for name, *_ in _REDIS}
    except broker.channel_errors:  # hosted ones refuse CONFIG
        message = "It does not show its settings."
        hint = "See that maxmemory-policy is noeviction and appendonly is yes."
        yield Finding(Level.WARNING, "Redis", message, hint)
        return
    wrong = [
        Finding(level, "Redis", message, hint)
        for setting, good, level, message, hint in _REDIS
        if found[setting] != good
    ]
    yield from wrong or [Finding(Level.OK, "Redis", "It stores the queue safely.")]
