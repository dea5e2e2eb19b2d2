"""Send signed webhooks without end, and record the result of each."""

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx

from tests.helpers import SECRET, SESSION, WEBHOOK, encoded, hand_signed, webhook
from tests.processes.site import Site

CUSTOMER = "grace@example.com"
PAID = {"totalAmount": "20.10", "customer": {"email": CUSTOMER}}


def paid_just_now(*, session: str = SESSION, **fields: str) -> dict[str, Any]:
    """Return a webhook of an order that is paid now: customers get no mail about older events."""
    now = datetime.now(UTC).isoformat()
    return webhook("order.paid", PAID | fields, session=session, timestamp=now)


class Load:
    """A flow of webhooks to a site: one paid order after another, each of its own session.

    `resend` sends again what was not answered with 200, as Printora would do. The `secrets` sign
    in turn, and may be replaced while the load flows.
    """

    def __init__(self, site: Site, *secrets: str) -> None:
        self.site = site
        self.secrets = secrets or (SECRET,)
        self.acknowledged: list[str] = []
        self.unanswered: list[str] = []
        self.statuses: Counter[int] = Counter()
        self.seconds: list[float] = []  # the time of each response
        self._numbers = count()

    @property
    def p99(self) -> float:
        """Return the time, in seconds, within which 99 % of the responses came."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.99)]

    @contextlib.contextmanager
    def flowing(self, senders: int = 4) -> Iterator[None]:
        """Keep the load flowing while the block runs."""
        stop = threading.Event()
        threads = [threading.Thread(target=self._send, args=(stop,)) for _sender in range(senders)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def wait_for_more(self, events: int, *, seconds: float = 30) -> None:
        """Wait, while the load flows, until so many more events have been acknowledged."""
        enough = len(self.acknowledged) + events
        what = f"{events} more events to be acknowledged"
        self.site.wait_for(lambda: len(self.acknowledged) >= enough, what, seconds=seconds)

    def resend(self) -> int:
        """Send again what was not answered with 200, and return how many; each must succeed now."""
        again, self.unanswered = self.unanswered, []
        with self._client() as client:
            for session in again:
                self._deliver(client, session)
        assert not self.unanswered, f"{len(self.unanswered)} retries failed: {self.statuses}"
        return len(again)

    def _client(self) -> httpx.Client:
        return httpx.Client(base_url=self.site.url, timeout=20, trust_env=False)

    def _send(self, stop: threading.Event) -> None:
        with self._client() as client:
            while not stop.is_set():
                number = next(self._numbers)
                try:
                    self._deliver(
                        client, f"sess_{number}", self.secrets[number % len(self.secrets)]
                    )
                except httpx.ConnectError:
                    time.sleep(0.1)  # no server listens, and nothing was sent

    def _deliver(self, client: httpx.Client, session: str, secret: str = "") -> None:
        body = encoded(paid_just_now(session=session, orderId=f"ord_{session}"))
        headers = {"x-printora-signature": hand_signed(body, secret or self.secrets[0])}
        started = time.monotonic()
        try:
            status = client.post(WEBHOOK, content=body, headers=headers).status_code
        except httpx.ConnectError:
            raise
        except httpx.TransportError:
            self.unanswered.append(session)
            return
        self.seconds.append(time.monotonic() - started)
        self.statuses[status] += 1
        (self.acknowledged if status == 200 else self.unanswered).append(session)


# --- The checks afterwards ------------------------------------------------------------------------

_EVENTS = """
    SELECT event.session_id, "order".status, "order".customer_email, count(mail.id)
    FROM printora_integration_webhookevent AS event
    LEFT JOIN orders_order AS "order" ON "order".session_id = event.session_id
    LEFT JOIN orders_notification AS mail ON mail.order_id = "order".id
    GROUP BY event.id, event.session_id, "order".status, "order".customer_email
"""
_ORDERS = "SELECT session_id FROM orders_order"


def assert_nothing_lost(site: Site, load: Load) -> None:
    """Check that each acknowledged event is stored once, with all its effects."""
    rows = site.rows(_EVENTS)
    stored = {session for session, *_effects in rows}
    lost = set(load.acknowledged) - stored
    assert not lost, f"{len(lost)} acknowledged events are not in the database"
    assert len(rows) == len(stored), "an event is stored twice"
    half = [row for row in rows if row[1:] != ("paid", CUSTOMER, 1)]
    assert not half, f"{len(half)} events without all their effects, such as {half[0]}"
    ordered = {session for (session,) in site.rows(_ORDERS)}
    assert ordered == stored, f"{len(ordered ^ stored)} orders without an event, or the reverse"
