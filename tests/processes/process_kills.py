"""Kill web processes, or PostgreSQL, under load: each acknowledged event is stored as a whole."""

import os
import random
import signal
import subprocess
import time
from itertools import cycle, islice

import psutil  # type: ignore[import-untyped]

from tests.processes.killable import KillablePostgres
from tests.processes.load import Load, assert_nothing_lost
from tests.processes.site import Site
from tests.processes.smtp_sink import SmtpSink


def kill_web(site: Site, *, kills: int, seed: int = 2026) -> dict[str, object]:
    """Kill one worker of the site's web process, and all of it as by a power cut, in turn.

    The site replaces a worker by itself; it stops when the same worker ends twice within 5.5 s.
    """
    moments = random.Random(seed)
    load, web = Load(site), site.start_web()
    with load.flowing():
        for number in range(kills):
            load.wait_for_more(1)
            time.sleep(moments.uniform(0.2, 0.6))
            if number % 2 == 0:
                os.kill(moments.choice(_workers(site, web)), signal.SIGKILL)
            else:
                site.kill(web)
                web = site.start_web()
        load.wait_for_more(10)
    _workers(site, web)
    unanswered = load.resend()
    assert set(load.statuses) == {200}, f"the answers were {dict(load.statuses)}"
    assert_nothing_lost(site, load)
    return {
        "acknowledged": len(load.acknowledged),
        "cut off, and sent again": unanswered,
        "lost": 0,
        "half applied": 0,
    }


def _workers(site: Site, web: subprocess.Popen[bytes]) -> list[int]:
    """Return the ids of the processes that answer requests, as soon as there are any."""
    found: list[int] = []

    def find() -> bool:
        assert web.poll() is None, "the web process ended with its worker"
        children = psutil.Process(web.pid).children()
        found[:] = [child.pid for child in children if _answers_requests(child)]
        return bool(found)

    site.wait_for(find, "a worker of the web process")
    return found


def _answers_requests(child: psutil.Process) -> bool:
    try:
        return "resource_tracker" not in " ".join(child.cmdline())
    except psutil.Error:  # it has just ended
        return False


def kill_postgres(
    site: Site, database: KillablePostgres, sink: SmtpSink, *, kills: int
) -> dict[str, object]:
    """Kill the database in three ways in turn, and start again the database only.

    The site needs the sink's EMAIL_URL.
    """
    site.start_web()
    site.start("mailer")
    site.start("beat")
    load, pauses = Load(site), []
    with load.flowing():
        for kill_signal in islice(cycle((signal.SIGKILL, signal.SIGQUIT, None)), kills):
            load.wait_for_more(20)
            if kill_signal is None:
                database.kill_one_backend()
            else:
                database.kill(kill_signal)
            database.restart()
            restarted = time.monotonic()
            load.wait_for_more(1)
            pauses.append(time.monotonic() - restarted)
    failed = load.resend()
    assert set(load.statuses) <= {200, 500}, f"the answers were {dict(load.statuses)}"
    assert_nothing_lost(site, load)
    repeats = wait_for_mails(site, sink)
    assert repeats <= kills, f"{repeats} mails went out again after {kills} kills"
    return {
        "acknowledged": len(load.acknowledged),
        "failed, and sent again": failed,
        "lost": 0,
        "half applied": 0,
        "slowest recovery": f"{max(pauses):.1f} s",
        "mails repeated": repeats,
    }


def wait_for_mails(site: Site, sink: SmtpSink, *, seconds: float = 300) -> int:
    """Wait until every notification is sent; return how many mails were sent again."""
    waiting = "SELECT count(*) FROM orders_notification WHERE state <> 'sent'"
    site.wait_for(lambda: site.rows(waiting) == [(0,)], "every mail to be sent", seconds=seconds)
    ((queued,),) = site.rows("SELECT count(*) FROM orders_notification")
    assert len(sink.received) == queued, f"{len(sink.received)} of {queued} mails arrived"
    repeats: int = sink.received.total() - queued
    return repeats
