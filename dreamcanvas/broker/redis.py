"""The broker of production: Redis, with the clock of its server for all workers."""

import contextlib
import secrets
from collections.abc import Callable
from typing import Any

from kombu.transport import redis, virtual

from .messages import UNREADABLE, CheckedTransport, check, log_refusal


class QoS(redis.QoS):
    """The unfinished tasks of a Redis channel, which may lose its connection.

    What was received over a connection that is lost can be neither acknowledged nor put back.
    kombu tries it all the same and raises an error that celery does not expect, and the worker
    ends. Redis gives such tasks out again after the visibility timeout; each may run twice.

    kombu measures that timeout by the clocks of two workers: the one that took the task, and the
    one that looks for lost tasks. A clock that is ahead would give out running tasks again, and a
    clock that was ahead would keep a lost task for as long. Here the server's clock decides.
    """

    channel: Any  # the types of kombu know little of its Redis
    _vrestore_count: int

    def append(self, message: virtual.Message, delivery_tag: str) -> None:
        """Note a task as taken now."""
        super().append(message, delivery_tag)
        with self.channel.conn_or_acquire() as client:
            client.zadd(self.unacked_index_key, {delivery_tag: _now(client)}, xx=True)

    def restore_visible(self, start: int = 0, num: int | None = 10, interval: int = 10) -> None:
        """Give out again what was taken longer ago than the visibility timeout, now and then."""
        self._vrestore_count += 1
        if (self._vrestore_count - 1) % (interval or 1):
            return
        with (
            self.channel.conn_or_acquire() as client,
            contextlib.suppress(redis.MutexHeld),
            redis.Mutex(client, self.unacked_mutex_key, self.unacked_mutex_expire),
        ):
            self._restore_lost(client, {"start": start, "num": num} if num else {})

    def _restore_lost(self, client: Any, part: dict[str, int]) -> None:  # noqa: ANN401 -- untyped in kombu
        now = _now(client)
        # The server's clock went back: the timeout of these begins anew.
        for tag in client.zrangebyscore(self.unacked_index_key, f"({now}", "+inf", **part):
            client.zadd(self.unacked_index_key, {tag: now}, xx=True)
        ends_at = now - self.visibility_timeout
        for tag in client.zrangebyscore(self.unacked_index_key, "-inf", ends_at, **part):
            self.restore_by_tag(tag, client)

    def restore_by_tag(
        self,
        tag: str,
        client: Any = None,  # noqa: ANN401 -- untyped in kombu
        leftmost: bool = False,
    ) -> None:
        """Give a task out again, or drop it where it is none."""
        try:
            super().restore_by_tag(tag, client, leftmost)
        except UNREADABLE as error:
            log_refusal("unacked", error)
            self.ack(tag)

    def ack(self, delivery_tag: str) -> None:
        """Acknowledge a task, over the connection that brought it."""
        if self._is_connected():
            super().ack(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        """Put a task back, or drop it, over the connection that brought it."""
        if self._is_connected():
            super().reject(delivery_tag, requeue)

    def restore_unacked(self, client: object = None) -> None:
        """Put all unacknowledged tasks back."""
        if self._is_connected():
            super().restore_unacked(client)

    def _is_connected(self) -> bool:
        transport = self.channel.connection
        return transport is not None and transport.client is not None


def _now(client: Any) -> float:  # noqa: ANN401 -- untyped in kombu
    """Return the time of the server's clock, in seconds."""
    seconds, microseconds = client.time()
    return float(seconds + microseconds / 1_000_000)


class Channel(redis.Channel):
    """A channel over Redis that survives whatever it finds there."""

    QoS = QoS
    _q_for_pri: Callable[..., str]  # the types of kombu lack it

    def waiting_messages(self, queue: str, *, limit: int) -> list[bytes]:
        """Return the messages that no worker has taken."""
        with self.conn_or_acquire() as client:
            messages: list[bytes] = client.lrange(queue, 0, limit - 1)
        return messages

    def _new_queue(self, queue: str, auto_delete: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 -- kombu's own
        """Declare a queue, before it is read or written."""
        lists = [self._q_for_pri(queue, priority) for priority in self.priority_steps]
        types = dict.fromkeys(lists, b"list")
        self._put_aside(types | {self.unacked_key: b"hash", self.unacked_index_key: b"zset"})
        super()._new_queue(queue, auto_delete=auto_delete, **kwargs)

    def _queue_bind(self, exchange: str, *args: Any) -> None:  # noqa: ANN401 -- kombu's own
        self._put_aside({self.keyprefix_queue % exchange: b"set"})
        super()._queue_bind(exchange, *args)  # type: ignore[misc]  # the types of kombu lack it

    def _put_aside(self, types: dict[str, bytes]) -> None:
        """Rename the keys that hold something of another type: no command of ours works on them."""
        with self.conn_or_acquire() as client:
            for key, expected in types.items():
                if client.type(key) not in (expected, b"none"):
                    new_name = f"refused:{key}:{secrets.token_hex(8)}"
                    client.rename(key, new_name)
                    log_refusal(key, f"its key holds no {expected.decode()} ({new_name})")

    def _brpop_read(self, **options: Any) -> bool | None:  # noqa: ANN401 -- kombu's own
        try:
            received: bool | None = super()._brpop_read(**options)  # type: ignore[misc]  # likewise
        except (ValueError, TypeError, RecursionError) as error:
            log_refusal(" or ".join(self.active_queues), error)
            return True
        return received

    def _do_restore_message(
        self,
        payload: Any,  # noqa: ANN401 -- any JSON
        exchange: str,
        routing_key: str,
        *args: Any,  # noqa: ANN401 -- kombu's own
    ) -> None:
        check(payload, routing_key)
        super()._do_restore_message(payload, exchange, routing_key, *args)  # type: ignore[misc]  # likewise


class Transport(CheckedTransport, redis.Transport):
    """The transport of production's broker."""

    Channel = Channel
