"""Whole processes with wrong clocks (libfaketime): the background work goes on all the same."""

import os
from pathlib import Path

import pytest

from tests.processes import wrong_clocks
from tests.processes.conftest import MakeSite
from tests.processes.smtp_sink import SmtpSink
from tests.processes.test_worker import statuses, with_stale_session
from tests.processes.wrong_clocks import wrong_clock
from tools import engines

pytestmark = pytest.mark.skipif(
    wrong_clocks.library() is None, reason="libfaketime has no library for this machine"
)
FAST_SCHEDULE = {"DJANGO_SETTINGS_MODULE": "tests.processes.settings"}


@pytest.mark.skipif(
    not os.environ.get("DATABASE_URL", "").startswith("postgres"),
    reason="SQLite has the clock of each process",
)
def test_mails_go_out_once_whatever_the_clocks_of_beat_and_mailers_say(
    make_site: MakeSite,
) -> None:
    with engines.redis() as url, SmtpSink(pause=0) as sink:
        site = make_site(REDIS_URL=url, EMAIL_URL=sink.url, **FAST_SCHEDULE)
        wrong_clocks.run(site, sink, jumps=2)
        site.stop()


@pytest.mark.one_database
def test_beat_sends_again_at_once_after_its_clock_was_put_right(make_site: MakeSite) -> None:
    site = make_site(**FAST_SCHEDULE)
    queue: Path = site.folder / "queue"
    beat = site.start("beat", env=wrong_clock("+2d"))
    site.wait_for(lambda: any(queue.glob("*.celery.msg")), "beat to send a task")
    site.end(beat)
    for message in queue.glob("*.msg"):
        message.unlink()
    site.start("beat")
    site.wait_for(lambda: any(queue.glob("*.celery.msg")), "beat to send a task", seconds=10)


@pytest.mark.one_database
def test_worker_of_the_demo_runs_tasks_whose_clock_is_far_behind_its_own(
    make_site: MakeSite,
) -> None:
    site = with_stale_session(make_site(**FAST_SCHEDULE))
    site.start("beat")
    site.start("worker", env=wrong_clock("+10m"))
    site.wait_for(lambda: statuses(site) == ["expired"], "the session to expire")
