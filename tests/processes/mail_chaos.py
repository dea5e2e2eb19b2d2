"""Kill the mailer in the middle of sending, as often as asked: what went out, and how often."""

import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.processes.site import PATIENCE, Site
from tests.processes.smtp_sink import SmtpSink

STATES = "SELECT state, count(*) FROM orders_notification GROUP BY state"


@dataclass
class Outcome:
    """Say what became of the mails that were owed."""

    owed: int
    kills: int
    missing: int  # never received
    repeats: int  # received more than once, every time too many counted
    noted: int  # marked as sent in the database


def kill_while_sending(site: Site, sink: SmtpSink, *, kills: int, seed: int = 0) -> Outcome:
    """Owe the site's customers mails, and kill its mailer so many times while it sends them.

    The site needs a broker, and its EMAIL_URL must be the sink's. Each kill comes just after a mail
    was received, and mostly before its sender knows. The mailer has one mail in flight, so a kill
    may repeat one; it goes out again once its lease is over.
    """
    owed = 5 + 5 * kills
    owe(site, owed)
    moments = random.Random(seed)
    site.start("beat")
    for _kill in range(kills):
        mailer = site.start("mailer")
        so_far = sink.received.total()
        assert sink.wait_for_more(than=so_far + moments.randrange(3), seconds=PATIENCE)
        site.kill(mailer)
    site.start("mailer")
    site.wait_for(
        lambda: dict(site.rows(STATES)) == {"sent": owed}, "every mail to be noted", seconds=120
    )
    missing, repeats = owed - len(sink.received), sink.received.total() - len(sink.received)
    assert missing == 0, f"{missing} mails are missing"
    assert repeats <= kills, f"{repeats} mails went out again after {kills} kills"
    return Outcome(
        owed=owed,
        kills=kills,
        missing=missing,
        repeats=repeats,
        noted=dict(site.rows(STATES))["sent"],
    )


def owe(site: Site, last: int, *, first: int = 1) -> None:
    """Write orders numbered `first` to `last`, each with a mail that waits."""
    rows: list[dict[str, object]] = []
    now = datetime.now(UTC).isoformat()
    for key in range(first, last + 1):
        facts = {"session_id": f"sess_{key}", "order_id": f"ord_{key}", "status": "paid"}
        times = dict.fromkeys(("first_seen_at", "updated_at", "paid_at"), now)
        address = {"customer_email": f"customer{key}@example.com"}
        rows += [
            {"model": "orders.order", "pk": key, "fields": facts | times | address},
            {
                "model": "orders.notification",
                "pk": key,
                "fields": {"order": key, "kind": "paid"},
            },
        ]
    fixture = site.folder / "owed.json"
    fixture.write_text(json.dumps(rows))
    site.manage("loaddata", "--verbosity", "0", str(fixture))
