"""Kill the mailer in the middle of sending, and count what was sent, and how often."""

import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.processes.site import TIMEOUT, Site
from tests.processes.smtp_sink import SmtpSink

STATES = "SELECT state, count(*) FROM orders_notification GROUP BY state"


@dataclass
class Outcome:
    """The numbers of mails queued, lost and repeated."""

    queued: int
    kills: int
    missing: int  # never received
    repeats: int  # received again, each time counted
    marked_sent: int  # in the database


def kill_while_sending(site: Site, sink: SmtpSink, *, kills: int, seed: int = 0) -> Outcome:
    """Queue mails to the site's customers, and kill its mailer so many times while it sends them.

    The site needs a broker, and its EMAIL_URL must be the sink's. Each kill comes just after a mail
    was received, and mostly before its sender knows. The mailer sends one mail at a time, so a kill
    may repeat one mail; the mail is sent again when its lease is over.
    """
    queued = 5 + 5 * kills
    add_mails(site, queued)
    moments = random.Random(seed)
    site.start("beat")
    for _kill in range(kills):
        mailer = site.start("mailer")
        so_far = sink.received.total()
        assert sink.wait_for_more(than=so_far + moments.randrange(3), seconds=TIMEOUT)
        site.kill(mailer)
    site.start("mailer")
    site.wait_for(
        lambda: dict(site.rows(STATES)) == {"sent": queued},
        "every mail to be marked as sent",
        seconds=120,
    )
    missing, repeats = queued - len(sink.received), sink.received.total() - len(sink.received)
    assert missing == 0, f"{missing} mails are missing"
    assert repeats <= kills, f"{repeats} mails went out again after {kills} kills"
    return Outcome(
        queued=queued,
        kills=kills,
        missing=missing,
        repeats=repeats,
        marked_sent=dict(site.rows(STATES))["sent"],
    )


def add_mails(site: Site, last: int, *, first: int = 1) -> None:
    """Add the orders numbered `first` to `last`, each with a mail that waits."""
    rows: list[dict[str, object]] = []
    now = datetime.now(UTC).isoformat()
    for key in range(first, last + 1):
        fields = {"session_id": f"sess_{key}", "order_id": f"ord_{key}", "status": "paid"}
        times = dict.fromkeys(("first_seen_at", "updated_at", "paid_at"), now)
        address = {"customer_email": f"customer{key}@example.com"}
        rows += [
            {"model": "orders.order", "pk": key, "fields": fields | times | address},
            {
                "model": "orders.notification",
                "pk": key,
                "fields": {"order": key, "kind": "paid"},
            },
        ]
    fixture = site.folder / "mails.json"
    fixture.write_text(json.dumps(rows))
    site.manage("loaddata", "--verbosity", "0", str(fixture))
