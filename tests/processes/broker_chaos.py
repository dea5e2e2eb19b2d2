"""Make the broker fail while webhooks arrive: no request waits, and every mail is sent once."""

import contextlib
import time
from collections.abc import Iterator
from enum import StrEnum

from tests.processes.killable import KillableRedis
from tests.processes.load import Load, assert_nothing_lost
from tests.processes.process_kills import wait_for_mails
from tests.processes.site import Site
from tests.processes.smtp_sink import SmtpSink

LONGER_THAN_TIMEOUT = 6  # seconds; a worker waits 5 for a Redis that hangs


class Fault(StrEnum):
    """The ways in which Redis fails."""

    STOPPED = "stopped"
    HUNG = "hung"
    EMPTIED = "emptied"


def run(
    site: Site, broker: KillableRedis, sink: SmtpSink, *, fault: Fault, events: int
) -> dict[str, object]:
    """Send so many events while Redis fails, let it recover, and wait for the mails.

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
    with _with_fault(broker, fault):
        began = time.monotonic()
        with load.flowing():
            for _tenth in range(10):
                load.wait_for_more(max(1, events // 10), seconds=120)
                if fault == Fault.EMPTIED:
                    broker.empty()
        if fault == Fault.HUNG:
            time.sleep(max(0, LONGER_THAN_TIMEOUT - (time.monotonic() - began)))
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
def _with_fault(broker: KillableRedis, fault: Fault) -> Iterator[None]:
    if fault == Fault.STOPPED:
        with broker.stopped():
            yield
    elif fault == Fault.HUNG:
        with broker.hung():
            yield
    else:
        broker.empty()
        yield
