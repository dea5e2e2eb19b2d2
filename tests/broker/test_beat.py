"""Beat sends each task at its interval, whatever the clocks say, and never two at once."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import time_machine
from celery import Celery
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from kombu import Connection

from dreamcanvas.beat import MAX_WAITING, IntervalScheduler
from tests.broker.reading import received

pytestmark = pytest.mark.one_database
MakeBeat = Callable[..., IntervalScheduler]
DAY = 24 * 60 * 60
MINUTELY, DAILY = "printora_integration.tasks.expire_sessions", "orders.tasks.prune"


@pytest.fixture
def make_beat(folder: Path) -> Iterator[MakeBeat]:
    """Return a function that starts a beat on the broker of files."""
    started: list[IntervalScheduler] = []

    def make(**entries: object) -> IntervalScheduler:
        app = Celery("beat", broker="filesystem://", set_as_current=False)
        app.conf.broker_transport_options = {"data_folder_in": str(folder)}
        app.conf.beat_schedule = {
            name: {"task": DAILY if name == "daily" else MINUTELY, "schedule": schedule}
            for name, schedule in (entries or {"minutely": 60, "daily": DAY}).items()
        }
        with at(0):
            started.append(IntervalScheduler(app=app))
        return started[-1]

    yield make
    for beat in started:
        beat.close()


@contextmanager
def at(seconds: float) -> Iterator[None]:
    """Set the monotonic clock to so many seconds after beat began; the other clock goes on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "monotonic", lambda: seconds)
        yield


def tick(beat: IntervalScheduler, *, after: float) -> float:
    with at(after):
        return beat.tick()


def test_each_task_is_sent_in_the_first_seconds(
    make_beat: MakeBeat, file_connection: Connection
) -> None:
    beat = make_beat()
    tick(beat, after=0)
    assert received(file_connection, seconds=0.01) == [MINUTELY]
    assert tick(beat, after=1) == 59
    assert received(file_connection, seconds=0.01) == [DAILY]


def test_task_is_sent_again_after_its_interval(
    make_beat: MakeBeat, file_connection: Connection
) -> None:
    beat = make_beat()
    expected = {1: [MINUTELY, DAILY], 59: [], 62: [MINUTELY], DAY: [MINUTELY], DAY + 2: [DAILY]}
    for seconds, sent in expected.items():
        tick(beat, after=seconds)
        assert (seconds, received(file_connection, seconds=0.01)) == (seconds, sent)


@pytest.mark.parametrize("jump", [2 * DAY, -2 * DAY])
def test_clock_that_jumps_while_beat_runs_changes_nothing(
    make_beat: MakeBeat, file_connection: Connection, jump: int
) -> None:
    beat = make_beat(minutely=60)
    tick(beat, after=0)
    assert received(file_connection, seconds=0.01) == [MINUTELY]
    with time_machine.travel(time.time() + jump):
        tick(beat, after=0)
        assert received(file_connection, seconds=0.01) == []
        tick(beat, after=61)
        assert received(file_connection, seconds=0.01) == [MINUTELY]


def test_message_has_no_time_that_another_clock_would_judge(
    make_beat: MakeBeat, folder: Path
) -> None:
    tick(make_beat(minutely=60), after=0)
    [path] = folder.iterdir()
    assert '"expires": null' in path.read_text()
    assert '"eta": null' in path.read_text()


def test_at_most_one_message_of_each_task_waits(
    make_beat: MakeBeat, file_connection: Connection
) -> None:
    for _start in range(3):  # and beat starts again, too
        beat = make_beat()
        for seconds in (1, 62, DAY + 2):
            tick(beat, after=seconds)
    assert sorted(received(file_connection, seconds=0.01)) == [DAILY, MINUTELY]


def test_full_queue_gets_no_more_tasks(
    make_beat: MakeBeat, file_connection: Connection, send: Callable[..., None], folder: Path
) -> None:
    for _message in range(MAX_WAITING):
        send(file_connection, DAILY, queue="celery")
    tick(make_beat(minutely=60), after=0)
    assert len(list(folder.iterdir())) == MAX_WAITING


def test_broker_that_takes_no_tasks_is_logged_once_and_beat_goes_on(
    make_beat: MakeBeat,
    file_connection: Connection,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    beat = make_beat(minutely=60)
    tick(beat, after=0)
    received(file_connection, seconds=0.01)
    folder.rmdir()
    folder.touch()  # a file in the place of the folder
    with caplog.at_level(logging.WARNING, "dreamcanvas.beat"):
        for seconds in (61, 122, 183):
            tick(beat, after=seconds)
        folder.unlink()
        tick(beat, after=244)
    assert [each.getMessage() for each in caplog.records if each.name == "dreamcanvas.beat"] == [
        "the broker takes no tasks: ChannelError",
        "the broker takes tasks again",
    ]
    assert received(file_connection, seconds=0.01) == [MINUTELY]


def test_beat_starts_and_waits_where_the_broker_takes_no_tasks(
    make_beat: MakeBeat, file_connection: Connection, folder: Path
) -> None:
    folder.parent.touch()  # no folder can be made in it
    beat = make_beat(minutely=60)
    tick(beat, after=0)
    folder.parent.unlink()
    tick(beat, after=61)
    assert received(file_connection, seconds=0.01) == [MINUTELY]


def test_entry_with_a_time_of_day_is_refused_by_its_name(make_beat: MakeBeat) -> None:
    with pytest.raises(ImproperlyConfigured, match="nightly has no interval"):
        make_beat(nightly=crontab(hour="3"))


def test_site_sends_its_tasks_by_intervals(settings: Any) -> None:
    app = Celery("beat", set_as_current=False)
    app.conf.beat_schedule = settings.CELERY_BEAT_SCHEDULE
    assert len(IntervalScheduler(app=app).schedule) == 10
