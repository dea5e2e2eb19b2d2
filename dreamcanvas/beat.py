"""When beat sends the tasks of CELERY_BEAT_SCHEDULE: at intervals, whatever the clocks say."""

import time
from typing import Any

from celery.beat import ScheduleEntry, Scheduler
from celery.utils.log import get_logger
from django.core.exceptions import ImproperlyConfigured

from dreamcanvas.broker.messages import task_name

logger = get_logger(__name__)

MAX_WAITING = 100  # messages in a queue; beat adds none to a queue that has so many


class IntervalScheduler(Scheduler):
    """A schedule in memory, measured by a clock that only goes forward.

    Each task is sent when beat starts, one after the other in the first seconds, and then at its
    interval. Nothing is kept between two runs of beat, so nothing can be wrong in it; the tasks
    may run more often than their interval says. A task is not sent while a message of it waits:
    where no worker runs, or all are late, nothing piles up. Messages that a worker has reserved do
    not count: there are few, and one that is lost with its worker must not stop its task.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Celery's own
        self._due_at: dict[str, float] = {}  # in the clock of time.monotonic()
        self._broker_answers = True
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        """Read CELERY_BEAT_SCHEDULE; raises ImproperlyConfigured for an entry without interval."""
        self.update_from_dict(self.app.conf.beat_schedule)
        now = time.monotonic()
        for number, (name, entry) in enumerate(self.schedule.items()):
            self._due_at[name] = now + min(number, _interval(entry))

    def tick(self, *_args: object, **_kwargs: object) -> float:
        """Send what is due; return the seconds until the next call."""
        for name, entry in self.schedule.items():
            now = time.monotonic()
            if self._due_at[name] <= now:
                self._due_at[name] = now + _interval(entry)
                self.apply_entry(entry)
        next_at = min(self._due_at.values(), default=float("inf"))
        return min(max(next_at - time.monotonic(), 0.01), float(self.max_interval or 60))

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:  # noqa: ANN401 -- Celery's own
        """Send a task, unless a message of it waits or the broker does not answer."""
        try:
            if self._is_waiting(str(entry.task)):
                return
            self.apply_async(entry, producer=producer or self.producer, advance=False)
        except Exception as error:  # noqa: BLE001 -- each broker has its own, and none may end beat
            if self._broker_answers:
                logger.warning("the broker takes no tasks: %s", type(error).__name__)
            self._broker_answers = False
        else:
            if not self._broker_answers:
                logger.warning("the broker takes tasks again")
            self._broker_answers = True

    def _is_waiting(self, task: str) -> bool:
        queue = self.app.amqp.router.route({}, task)["queue"].name
        channel: Any = self.connection.default_channel  # one of dreamcanvas.broker
        messages = channel.waiting_messages(queue, limit=MAX_WAITING)
        return len(messages) == MAX_WAITING or any(task_name(each) == task for each in messages)


def _interval(entry: ScheduleEntry) -> float:
    run_every = getattr(entry.schedule, "run_every", None)
    if run_every is None:
        raise ImproperlyConfigured(
            f"CELERY_BEAT_SCHEDULE: {entry.name} has no interval. Give its schedule in seconds: "
            "IntervalScheduler knows no time of day."
        )
    return float(run_every.total_seconds())
