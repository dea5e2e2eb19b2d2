"""A real worker does the background work, whichever broker brings it."""

import os
from collections.abc import Iterator

import pytest

from tests.processes.conftest import MakeSite
from tests.processes.site import Site
from tools import engines

TASK = "printora_integration.tasks.expire_sessions"


@pytest.fixture
def redis_url() -> Iterator[str]:
    """Return the Redis of TEST_REDIS_URL, else an embedded one."""
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
