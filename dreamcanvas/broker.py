"""Channels to the broker that mend two things of kombu 5.7."""

from pathlib import Path
from typing import Any

from kombu.transport import filesystem, redis


class FilesystemChannel(filesystem.Channel):
    """A channel over files that makes its folders: kombu expects that they are there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- kombu's own
        super().__init__(*args, **kwargs)
        for folder in (self.data_folder_in, self.data_folder_out, self.control_folder):
            Path(folder).mkdir(parents=True, exist_ok=True)


class RedisQoS(redis.QoS):
    """The unfinished tasks of a Redis channel, which may lose its connection.

    What was received over a connection that is lost can be neither acknowledged nor put back.
    kombu tries it all the same and raises an error that celery does not expect, and the worker
    ends. Redis gives such tasks out again after the visibility timeout; each may run twice.
    """

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


def install_channels() -> None:
    """Use these classes for every broker connection of this process."""
    filesystem.Transport.Channel = FilesystemChannel
    redis.Channel.QoS = RedisQoS
