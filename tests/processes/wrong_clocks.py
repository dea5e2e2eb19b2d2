"""Give each process another clock, and let beat's jump: every mail goes out once, and soon."""

import random
import time
from datetime import timedelta
from pathlib import Path

from tests.processes.mail_chaos import STATES, add_mails
from tests.processes.site import Site
from tests.processes.smtp_sink import SmtpSink

MAX_JUMP = timedelta(days=2)


def library() -> Path | None:
    """Return libfaketime's library, or None where its package has none for this machine."""
    try:
        import libfaketime  # type: ignore[import-untyped]  # it has no types
    except ImportError:
        return None
    found = Path(libfaketime.__file__).parent.glob("vendor/libfaketime/src/libfaketime.so*")
    return next(found, None)


def wrong_clock(error: str) -> dict[str, str]:
    """Return the environment of a process whose clock is wrong by so much, as "+10m" or "-2d"."""
    return _environment() | {"FAKETIME": error}


def jumping_clock(file: Path) -> dict[str, str]:
    """Return the environment of a process whose clock's error is in a file that may change."""
    set_clock(file, timedelta())
    return _environment() | {"FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1"}


def set_clock(file: Path, error: timedelta) -> None:
    """Change the error of a jumping clock."""
    whole = file.with_suffix(".part")
    whole.write_text(f"{error.total_seconds():+.0f}")
    whole.rename(file)


def _environment() -> dict[str, str]:
    # A machine's monotonic clock stays right when somebody sets its other clock.
    return {"LD_PRELOAD": str(library()), "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def run(site: Site, sink: SmtpSink, *, jumps: int, seed: int = 0) -> dict[str, object]:
    """Queue a mail after each jump of beat's clock, and wait until it was received.

    Two mailers send, one a day ahead and one a day behind, and a worker ten minutes ahead. The site
    needs a REDIS_URL, and the sink's EMAIL_URL.
    """
    clock = site.folder / "clock"
    site.start("beat", env=jumping_clock(clock))
    site.start("mailer", env=wrong_clock("+1d"))
    site.start("mailer", env=wrong_clock("-1d"))
    site.start("worker", env=wrong_clock("+10m"))
    moments, slowest = random.Random(seed), 0.0
    for number in range(1, jumps + 1):
        set_clock(clock, MAX_JUMP * moments.uniform(-1, 1))
        add_mails(site, number, first=number)
        began = time.monotonic()
        assert sink.wait_for_more(than=number - 1, seconds=30), f"mail {number} was not received"
        slowest = max(slowest, time.monotonic() - began)
    site.wait_for(lambda: dict(site.rows(STATES)) == {"sent": jumps}, "every mail to be sent")
    repeats = sink.received.total() - len(sink.received)
    assert repeats == 0, f"{repeats} mails went out more than once"
    return {"mails": len(sink.received), "missing": 0, "slowest in s": f"{slowest:.1f}"}
