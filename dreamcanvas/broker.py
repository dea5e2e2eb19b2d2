"""Let a worker outlive its Redis."""

from kombu.transport import redis


class QoS(redis.QoS):
    """Keep kombu from ending the worker when Redis goes away while tasks are under way.

    What was received over a connection that is lost can be neither acknowledged nor put back, and
    kombu 5.7 trips over the missing connection, with an error that celery does not expect. Redis
    gives such tasks out again after the visibility timeout; each may run twice.
    """

    def ack(self, delivery_tag: str) -> None:
        """Tell Redis that a task is done, over the connection that brought it."""
        if self._is_connected():
            super().ack(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        """Put a task back, or drop it, over the connection that brought it."""
        if self._is_connected():
            super().reject(delivery_tag, requeue)

    def restore_unacked(self, client: object = None) -> None:
        """Put all tasks back that nobody acknowledged."""
        if self._is_connected():
            super().restore_unacked(client)

    def _is_connected(self) -> bool:
        transport = self.channel.connection
        return transport is not None and transport.client is not None


def outlive_redis() -> None:
    """Have every Redis channel of this process use the above, whatever its URL says."""
    redis.Channel.QoS = QoS
