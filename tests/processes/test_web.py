"""What only a real server shows: raw bytes on the wire, and sudden death."""

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from itertools import count

import httpx
import pytest

from tests.helpers import SECRET, WEBHOOK, encoded, hand_signed, webhook
from tests.processes.conftest import MakeSite
from tests.processes.site import Site

EVENTS = "SELECT session_id FROM printora_integration_webhookevent"
EVENTS_WITH_ORDERS = """
    SELECT event.session_id, event.delivery_count, "order".status, "order".total_amount
    FROM printora_integration_webhookevent AS event
    LEFT JOIN orders_order AS "order" ON "order".session_id = event.session_id
"""
ORDERS = "SELECT session_id FROM orders_order"


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    site = make_site()
    site.start_web()
    return site


def say(site: Site, request: bytes) -> bytes:
    """Say these bytes to the site, and return all that it answers."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as connection:
        connection.sendall(request)
        answer = b""
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(65536):
                answer += part
    return answer


def request_of(site: Site, body: bytes, *headers: bytes) -> bytes:
    lines = [
        f"POST {WEBHOOK} HTTP/1.1".encode(),
        f"Host: 127.0.0.1:{site.port}".encode(),
        b"Content-Type: application/json",
        b"Connection: close",
        *headers,
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def test_bytes_on_the_wire_get_the_documented_answers(site: Site) -> None:
    body = encoded(webhook())
    length = f"Content-Length: {len(body)}".encode()
    chunked = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    good = f"x-printora-signature: {hand_signed(body)}".encode()
    too_long = b"Content-Length: 1048577"
    for request, status, words in [
        (request_of(site, body, length), b"401", b"Invalid webhook signature"),
        (request_of(site, body, length, good[:-1] + b"\xe9"), b"401", b"Invalid webhook signature"),
        (request_of(site, body, length, good[:-1] + b"\xff"), b"401", b"Invalid webhook signature"),
        (
            request_of(site, chunked, b"Transfer-Encoding: chunked", good),
            b"411",
            b"Length required",
        ),
        (request_of(site, b" " * 1_048_577, too_long, good), b"413", b"Payload too large"),
    ]:
        answer = say(site, request)
        assert answer.startswith(b"HTTP/1.1 " + status), answer
        assert answer.endswith(b'{"error": "%s"}' % words), answer
    assert site.rows(EVENTS) == []


def test_body_signed_by_openssl_is_received_once(site: Site) -> None:
    openssl = shutil.which("openssl")
    assert openssl, "this test needs the openssl command: install the package openssl"
    body = encoded(webhook("order.paid", {"customer": {"firstName": "José"}, "totalAmount": 20.10}))
    command = [openssl, "dgst", "-sha256", "-hmac", SECRET]
    digest = subprocess.run(command, input=body, capture_output=True, check=True).stdout.split()[-1]
    headers = {"x-printora-signature": f"sha256={digest.decode()}"}
    for path, is_duplicate in ((WEBHOOK, False), (WEBHOOK.rstrip("/"), True)):
        reply = httpx.post(site.url + path, content=body, headers=headers)
        assert (reply.status_code, reply.json()) == (
            200,
            {"received": True, "duplicate": is_duplicate},
        )
    reply = httpx.get(site.url + WEBHOOK)
    assert (reply.status_code, reply.headers["allow"]) == (405, "POST")


def test_web_process_leaves_nothing_behind_when_told_to_end(make_site: MakeSite) -> None:
    site = make_site(WEB_WORKERS="1")  # the one that has answered is then all of them
    web = site.start_web()
    web.send_signal(signal.SIGTERM)
    assert web.wait(timeout=20) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(web.pid, 0)


# --- Sudden death ---------------------------------------------------------------------------------


class Stream:
    """Send signed webhooks without end, each of a session of its own; remember the answers."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.acknowledged: list[str] = []
        self.unanswered: list[str] = []
        self.failed: list[int] = []
        self._numbers = count()
        self._stop = threading.Event()

    @contextlib.contextmanager
    def flowing(self, senders: int = 4) -> Iterator[None]:
        """Keep the stream flowing while the block runs."""
        threads = [threading.Thread(target=self._send) for _sender in range(senders)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def deliver(self, client: httpx.Client, session: str) -> httpx.Response:
        """Send the webhook of one session."""
        body = encoded(webhook("order.paid", {"totalAmount": "20.10"}, session=session))
        headers = {"x-printora-signature": hand_signed(body)}
        return client.post(WEBHOOK, content=body, headers=headers)

    def _send(self) -> None:
        with httpx.Client(base_url=self.site.url, timeout=20) as client:
            while not self._stop.is_set():
                session = f"sess_{next(self._numbers)}"
                try:
                    reply = self.deliver(client, session)
                except httpx.ConnectError:
                    time.sleep(0.1)  # nobody is there
                except httpx.TransportError:
                    self.unanswered.append(session)
                else:
                    if reply.status_code == 200:
                        self.acknowledged.append(session)
                    else:
                        self.failed.append(reply.status_code)


def test_killing_the_web_process_loses_nothing_and_leaves_nothing_half_done(
    make_site: MakeSite,
) -> None:
    site, moments = make_site(), random.Random(2026)
    stream = Stream(site)
    with stream.flowing():
        for _death in range(5):
            web = site.start_web()
            time.sleep(moments.uniform(0.3, 1.0))
            site.kill(web)
    site.start_web()
    # What got no answer is sent again, as Printora would.
    with httpx.Client(base_url=site.url, timeout=20) as client:
        again = [stream.deliver(client, session).status_code for session in stream.unanswered]
    rows = {row[0]: row[1:] for row in site.rows(EVENTS_WITH_ORDERS)}

    assert len(stream.acknowledged) > 50
    assert stream.failed == []
    assert set(again) <= {200}
    assert [session for session in stream.acknowledged if session not in rows] == []
    half_done = {
        session: row for session, row in rows.items() if row[1] != "paid" or row[2] is None
    }
    assert half_done == {}
    assert {session for (session,) in site.rows(ORDERS)} == set(rows)
