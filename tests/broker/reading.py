"""Read a broker as a worker does, without running anything."""

from kombu import Connection, Queue
from kombu.message import Message


def received(
    connection: Connection, *, queue: str = "celery", seconds: float = 0.3, count: int = 0
) -> list[str]:
    """Return the names of the tasks that a worker takes from a queue, in their order.

    It stops after so many seconds without a task, or after `count` tasks.
    """
    names: list[str] = []

    def take(message: Message) -> None:
        names.append(message.headers["task"])
        message.ack()

    with connection.Consumer(Queue(queue), on_message=take):
        try:
            while not count or len(names) < count:
                connection.drain_events(timeout=seconds)
        except TimeoutError:
            pass
    return names
