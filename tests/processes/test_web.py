"""What only a real server shows: raw bytes over a connection, and an orderly end."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess

import httpx
import pytest

from tests.helpers import SECRET, WEBHOOK, encoded, hand_signed, webhook
from tests.processes.conftest import MakeSite
from tests.processes.site import Site

EVENTS = "SELECT session_id FROM printora_integration_webhookevent"


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    site = make_site()
    site.start_web()
    return site


def send(site: Site, request: bytes) -> bytes:
    """Send these bytes to the site, and return its whole answer."""
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


def test_raw_bytes_get_the_documented_answers(site: Site) -> None:
    body = encoded(webhook())
    length = f"Content-Length: {len(body)}".encode()
    chunked = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    good = f"x-printora-signature: {hand_signed(body)}".encode()
    too_long = b"Content-Length: 1048577"
    for request, status, message in [
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
        answer = send(site, request)
        assert answer.startswith(b"HTTP/1.1 " + status), answer
        assert answer.endswith(b'{"error": "%s"}' % message), answer
    assert site.rows(EVENTS) == []


def test_body_signed_by_openssl_is_received_once(site: Site) -> None:
    openssl = shutil.which("openssl")
    assert openssl, "this test needs the openssl command: install the package openssl"
    body = encoded(webhook("order.paid", {"customer": {"firstName": "José"}, "totalAmount": 20.10}))
    command = [openssl, "dgst", "-sha256", "-hmac", SECRET]
    digest = subprocess.run(command, input=body, capture_output=True, check=True).stdout.split()[-1]
    headers = {"x-printora-signature": f"sha256={digest.decode()}"}
    for path, is_duplicate in ((WEBHOOK, False), (WEBHOOK.rstrip("/"), True)):
        response = httpx.post(site.url + path, content=body, headers=headers)
        assert (response.status_code, response.json()) == (
            200,
            {"received": True, "duplicate": is_duplicate},
        )
    response = httpx.get(site.url + WEBHOOK)
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_web_process_leaves_no_process_behind_when_it_ends(make_site: MakeSite) -> None:
    site = make_site(WEB_WORKERS="1")  # it has answered, so all workers have started
    web = site.start_web()
    web.send_signal(signal.SIGTERM)
    assert web.wait(timeout=20) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(web.pid, 0)
