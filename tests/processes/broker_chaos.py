"""Take the broker away while webhooks come in: nobody waits, and every mail goes out once."""

import contextlib
import time
from collections.abc import Iterator
from enum import StrEnum

from tests.processes.load import Load, assert_nothing_lost
from tests.processes.mortal import MortalRedis
from tests.processes.site import Site
from tests.processes.smtp_sink import SmtpSink
from tests.processes.sudden_death import wait_for_mails

LONGER_THAN_PATIENCE = 6  # seconds; the worker's with a Redis that says nothing is 5


class Trouble(StrEnum):
    """Say what happens to Redis."""

    STOPPED = "stopped"
    HUNG = "hung"
    EMPTIED = "emptied"


def play(
    site: Site, broker: MortalRedis, sink: SmtpSink, *, trouble: Trouble, events: int
) -> dict[str, object]:
    """Send so many events while Redis is in trouble, then let it be; wait for the mails.

    The site needs the broker's REDIS_URL and the sink's EMAIL_URL.
    """
    site.start_web()
    site.start("mailer")
    site.start("beat")
    load = Load(site)
    with load.flowing(1):
        load.wait_for_more(1)
    wait_for_mails(site, sink)  # worker and beat are up
    load.seconds.clear()
    with _in_trouble(broker, trouble):
        began = time.monotonic()
        with load.flowing():
            for _tenth in range(10):
                load.wait_for_more(max(1, events // 10), seconds=120)
                if trouble == Trouble.EMPTIED:
                    broker.empty()
        if trouble == Trouble.HUNG:
            time.sleep(max(0, LONGER_THAN_PATIENCE - (time.monotonic() - began)))
    assert set(load.statuses) == {200}, f"the answers were {dict(load.statuses)}"
    assert not load.unanswered, f"{len(load.unanswered)} webhooks had no answer"
    assert_nothing_lost(site, load)
    repeats = wait_for_mails(site, sink)
    assert repeats == 0, f"{repeats} mails went out more than once"
    return {
        "acknowledged": len(load.acknowledged),
        "p99 in ms": round(load.p99 * 1000),
        "mails": len(sink.received),
        "missing": 0,
        "repeated": repeats,
    }


@contextlib.contextmanager
def _in_trouble(broker: MortalRedis, trouble: Trouble) -> Iterator[None]:
    if trouble == Trouble.STOPPED:
        with broker.stopped():
            yield
    elif trouble == Trouble.HUNG:
        with broker.hung():
            yield
    else:
        broker.empty()
        yield
