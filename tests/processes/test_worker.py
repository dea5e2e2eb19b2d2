"""A real worker does the background work, with each kind of broker."""

import json
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from celery import Celery
from celery.app import app_or_default
from django.conf import settings

from printora_integration.tasks import expire_sessions
from tests.broker.test_files import make_garbage
from tests.processes.conftest import MakeSite
from tests.processes.killable import KillableRedis, hung
from tests.processes.mail_chaos import Outcome, add_mails, kill_while_sending
from tests.processes.site import Site
from tests.processes.smtp_sink import SmtpSink
from tools import engines
from vendor_kit.queue import enqueue

TASK = "printora_integration.tasks.expire_sessions"


@pytest.fixture
def redis_url() -> Iterator[str]:
    """Return the URL of the Redis of TEST_REDIS_URL, else of an embedded one."""
    if url := os.environ.get("TEST_REDIS_URL"):
        yield url
        return
    with engines.redis() as url:
        yield url


def with_stale_session(site: Site) -> Site:
    site.manage("loaddata", "--verbosity", "0", "tests/data/stale-session.json")
    assert statuses(site) == ["pending"]
    return site


def statuses(site: Site) -> list[str]:
    return [
        status for (status,) in site.rows("SELECT status FROM printora_integration_printsession")
    ]


def test_worker_on_redis_runs_a_task_that_another_process_sent(
    make_site: MakeSite, redis_url: str
) -> None:
    site = with_stale_session(make_site(REDIS_URL=redis_url, WORKER_CONCURRENCY="1"))
    site.start("worker")
    site.run("celery", "-A", "dreamcanvas", "call", TASK)
    site.wait_for(lambda: statuses(site) == ["expired"], "the session to expire")


@pytest.mark.one_database
def test_worker_of_the_demo_runs_its_own_beat_on_files(make_site: MakeSite) -> None:
    site = with_stale_session(make_site(DJANGO_SETTINGS_MODULE="tests.processes.settings"))
    site.start("worker", procfile_name="Procfile.demo")
    site.wait_for(lambda: statuses(site) == ["expired"], "the session to expire")


@pytest.mark.one_database
def test_worker_of_the_demo_outlives_whatever_lies_in_its_queue(make_site: MakeSite) -> None:
    site = with_stale_session(make_site(DJANGO_SETTINGS_MODULE="tests.processes.settings"))
    queue = site.folder / "queue"
    queue.mkdir()
    make_garbage(queue)
    worker = site.start("worker", procfile_name="Procfile.demo")
    site.wait_for(lambda: statuses(site) == ["expired"], "the session to expire")
    assert worker.poll() is None
    assert "Traceback" not in (site.folder / "worker.log").read_text()


@pytest.mark.one_database
def test_mailer_of_the_demo_sends_beside_its_worker(make_site: MakeSite) -> None:
    with SmtpSink(pause=0) as sink:
        site = make_site(EMAIL_URL=sink.url, DJANGO_SETTINGS_MODULE="tests.processes.settings")
        worker = site.start("worker", procfile_name="Procfile.demo")
        mailer = site.start("mailer", procfile_name="Procfile.demo")
        add_mails(site, 1)
        site.wait_for(lambda: sink.received.total() == 1, "the mail")
        assert worker.poll() is mailer.poll() is None


@pytest.mark.one_database
def test_mail_is_queued_for_the_mailer_only(make_site: MakeSite, own_redis: str) -> None:
    site = make_site(REDIS_URL=own_redis)
    site.run("celery", "-A", "dreamcanvas", "call", "orders.tasks.deliver_notifications")
    with redis.Redis.from_url(own_redis) as client:
        assert (client.llen("celery"), client.llen("mails")) == (0, 1)


def test_mailer_killed_while_sending_repeats_at_most_the_mail_in_flight(
    make_site: MakeSite, redis_url: str
) -> None:
    with SmtpSink() as sink:
        site = make_site(
            REDIS_URL=redis_url,
            EMAIL_URL=sink.url,
            DJANGO_SETTINGS_MODULE="tests.processes.settings",
        )
        outcome = kill_while_sending(site, sink, kills=2)
    assert outcome.repeats <= outcome.kills
    assert outcome == Outcome(
        queued=15, kills=2, missing=0, repeats=outcome.repeats, marked_sent=15
    )


@pytest.fixture
def own_redis() -> Iterator[str]:
    """Return the URL of a Redis that no other test shares, so that a test may make it fail."""
    with engines.redis() as url:
        yield url


@pytest.mark.one_database
def test_worker_continues_when_redis_disappears_while_tasks_run(
    make_site: MakeSite,
) -> None:
    with KillableRedis() as broker, redis.Redis.from_url(broker.url) as client:
        site = with_stale_session(make_site(REDIS_URL=broker.url))
        worker = site.start("worker")
        queue = Celery("queue", broker=broker.url, set_as_current=False)
        for _task in range(4):  # each tries for a second to reach a Printora that does not run
            queue.send_task("gallery.tasks.refresh_merch")
        site.wait_for(lambda: client.hlen("unacked") >= 2, "the worker to take tasks")
        with broker.stopped():
            time.sleep(2)  # the tasks end, and cannot be acknowledged
        queue.send_task(TASK)
        site.wait_for(lambda: statuses(site) == ["expired"], "the session to expire")
        assert worker.poll() is None


@pytest.mark.one_database
def test_at_most_one_message_of_each_task_waits_where_no_worker_runs(
    make_site: MakeSite, own_redis: str
) -> None:
    site = make_site(REDIS_URL=own_redis, DJANGO_SETTINGS_MODULE="tests.processes.settings")
    site.start("beat")

    with redis.Redis.from_url(own_redis) as client:

        def waiting() -> list[str]:
            messages: Any = client.lrange("celery", 0, -1) + client.lrange("mails", 0, -1)
            return [json.loads(message)["headers"]["task"] for message in messages]

        # The last task of the schedule is sent after several rounds of the fast ones.
        site.wait_for(lambda: len(waiting()) == len(settings.CELERY_BEAT_SCHEDULE), "all tasks")
        assert len(set(waiting())) == len(waiting())


# --- Tasks queued by a page -----------------------------------------------------------------------


@pytest.fixture
def broker() -> Iterator[Callable[[str], None]]:
    """Return a function that connects Celery's current app to another broker."""
    default_app = app_or_default()

    def use(url: str) -> None:
        app = Celery("pages", broker=url, set_as_current=False)
        app.conf.broker_transport_options = {"socket_timeout": 5, "socket_connect_timeout": 5}
        app.set_current()

    yield use
    default_app.set_current()


def test_page_queues_a_task(broker: Callable[[str], None], own_redis: str) -> None:
    broker(own_redis)
    assert enqueue(expire_sessions)
    with redis.Redis.from_url(own_redis) as client:
        assert client.llen("celery") == 1


def test_page_waits_less_than_a_second_for_a_redis_that_hangs(
    broker: Callable[[str], None], own_redis: str
) -> None:
    broker(own_redis)
    with hung(own_redis):
        for _click in range(3):
            started = time.monotonic()
            assert not enqueue(expire_sessions)
            assert time.monotonic() - started < 1
    assert enqueue(expire_sessions)


def test_page_waits_less_than_a_second_for_a_redis_that_is_gone(
    broker: Callable[[str], None],
) -> None:
    broker("redis://127.0.0.1:1/0")
    started = time.monotonic()
    assert not enqueue(expire_sessions)
    assert time.monotonic() - started < 1
