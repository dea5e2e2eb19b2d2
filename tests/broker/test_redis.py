"""Redis may hold garbage, and the clocks of two workers may differ: no task is lost or repeated."""

import json
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import redis
import time_machine
from kombu import Connection, Queue

from tests.broker.conftest import TASK
from tests.broker.reading import received

pytestmark = pytest.mark.one_database
Send = Callable[..., None]
Client = redis.Redis
DAY = timedelta(days=1)


def unfinished(connection: Connection) -> Any:
    """Take one task and do not finish it; return the channel that took it."""
    channel = connection.channel()
    taken: list[object] = []
    consumer = connection.Consumer(Queue("celery"), channel=channel, on_message=taken.append)
    consumer.consume()
    while not taken:
        connection.drain_events(timeout=5)
    return channel


def keys(client: Client) -> list[str]:
    """Return the tags of the unfinished tasks."""
    tags: Any = client.hkeys("unacked")
    return [tag.decode() for tag in tags]


@pytest.mark.parametrize("error", [DAY, -DAY])
def test_task_is_taken_at_the_servers_time(
    redis_connection: Connection, client: Client, send: Send, error: timedelta
) -> None:
    send(redis_connection)
    with time_machine.travel(time.time() + error.total_seconds()):
        unfinished(redis_connection)
    [tag] = keys(client)
    assert client.zscore("unacked_index", tag) == pytest.approx(client.time()[0], abs=60)


@pytest.mark.parametrize("error", [DAY, -DAY])
def test_worker_with_a_wrong_clock_gives_out_no_running_task_again(
    redis_connection: Connection, client: Client, send: Send, error: timedelta
) -> None:
    send(redis_connection)
    channel = unfinished(redis_connection)
    with time_machine.travel(time.time() + error.total_seconds()):
        channel.qos.restore_visible(interval=1)
    assert (client.llen("celery"), client.hlen("unacked")) == (0, 1)


@pytest.mark.parametrize("error", [timedelta(), DAY, -DAY])
def test_task_of_a_killed_worker_is_given_out_again_after_the_timeout(
    redis_connection: Connection, client: Client, send: Send, error: timedelta
) -> None:
    send(redis_connection)
    channel = unfinished(redis_connection)
    [tag] = keys(client)
    client.zadd("unacked_index", {tag: client.time()[0] - channel.visibility_timeout - 1})
    with time_machine.travel(time.time() + error.total_seconds()):
        channel.qos.restore_visible(interval=1)
    assert (client.llen("celery"), client.hlen("unacked")) == (1, 0)


def test_task_taken_in_the_future_waits_one_timeout_from_now(
    redis_connection: Connection, client: Client, send: Send
) -> None:
    send(redis_connection)
    channel = unfinished(redis_connection)
    [tag] = keys(client)
    client.zadd("unacked_index", {tag: client.time()[0] + DAY.total_seconds()})
    channel.qos.restore_visible(interval=1)
    assert client.zscore("unacked_index", tag) == pytest.approx(client.time()[0], abs=60)


@pytest.mark.parametrize(
    "garbage",
    [b"", b"{", b"null", b"[1]", b"\x80\x04\x95", b"[" * 100_000, b'{"properties": {}}'],
)
def test_reader_outlives_garbage_in_the_list(
    redis_connection: Connection,
    client: Client,
    send: Send,
    garbage: bytes,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client.lpush("celery", garbage)
    send(redis_connection)
    with caplog.at_level(logging.ERROR):
        assert received(redis_connection, seconds=5, count=1) == [TASK]
    assert len(caplog.messages) == 1


@pytest.mark.parametrize("key", ["celery", "unacked", "unacked_index", "_kombu.binding.celery"])
def test_key_of_another_type_is_put_aside(
    redis_connection: Connection, client: Client, send: Send, key: str
) -> None:
    client.set(key, "garbage")
    send(redis_connection)
    assert received(redis_connection, seconds=5, count=1) == [TASK]
    assert len(client.keys(f"refused:{key}:*")) == 1


@pytest.mark.parametrize("garbage", [b"{", b"[]", json.dumps([{"headers": 5}, "", "celery"])])
def test_garbage_among_the_unfinished_tasks_is_dropped(
    redis_connection: Connection, client: Client, garbage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    client.hset("unacked", "tag", garbage)
    client.zadd("unacked_index", {"tag": 1})
    channel: Any = redis_connection.channel()
    with caplog.at_level(logging.ERROR):
        channel.qos.restore_visible(interval=1)
    assert client.keys() == []
    assert len(caplog.messages) == 1
