"""One call ends by its deadline, whatever a server does: real sockets, real bytes."""

import socket
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.vendor_kit.fakes import transport_for, transport_to
from tests.vendor_kit.sockets import (
    Answer,
    send_byte_by_byte,
    send_half,
    send_nothing,
    send_too_much,
    server,
)
from vendor_kit.exceptions import InvalidResponseError, TransportError
from vendor_kit.transport import _limit_attempt

HEADERS_BEGIN = "http11.receive_response_headers.started"


@pytest.fixture
def stopwatch() -> Callable[[], float]:
    """Return how long the test has taken so far, in seconds."""
    started = time.monotonic()
    return lambda: time.monotonic() - started


# --- The whole call -------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [send_byte_by_byte, send_half])
def test_slow_response_ends_with_the_deadline(answer: Answer) -> None:
    with server(answer) as url:
        transport = transport_to(url, deadline=0.5)
        started = time.monotonic()
        with pytest.raises(TransportError):
            transport.request("GET", "things")
        assert time.monotonic() - started < 1.5
        transport.close()


def test_response_over_1_mib_is_invalid() -> None:
    with server(send_too_much) as url:
        transport = transport_to(url)
        with pytest.raises(InvalidResponseError, match="over 1 MiB"):
            transport.request("GET", "things")
        transport.close()


def test_connecting_and_the_response_share_the_time_of_one_attempt() -> None:
    limits: list[tuple[float, float]] = []

    def answer_late(request: httpx.Request) -> httpx.Response:
        timeout = request.extensions["timeout"]
        time.sleep(0.2)  # as a slow connection does
        request.extensions["trace"](HEADERS_BEGIN, {})
        limits.append((timeout["connect"], timeout["read"]))
        return httpx.Response(200, json={"id": "t1"})

    transport_for(answer_late, deadline=1).request("GET", "things")
    [(connect, read)] = limits
    assert connect == pytest.approx(0.5, abs=0.05)  # once for TCP, once for TLS
    assert 0.6 < read <= 0.8


def test_response_has_the_time_that_connecting_left(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.create_connection

    def connect_slowly(*args: Any, **options: Any) -> socket.socket:
        time.sleep(0.6)
        return connect(*args, **options)

    monkeypatch.setattr(socket, "create_connection", connect_slowly)
    with server(send_nothing) as url:
        transport = transport_to(url, deadline=1)
        started = time.monotonic()
        with pytest.raises(TransportError):
            transport.request("GET", "things")
        assert time.monotonic() - started < 1.4
        transport.close()


# --- One attempt ----------------------------------------------------------------------------------


def limited(*, seconds: float, **extensions: object) -> dict[str, Any]:
    """Return the extensions of a request after its attempt was limited."""
    request = httpx.Request("GET", "https://api.acme.example/", extensions=extensions)
    _limit_attempt(request, seconds=seconds)
    return dict(request.extensions)


def test_connection_may_take_half_of_an_attempt_and_every_other_phase_all_of_it() -> None:
    timeout = limited(seconds=3)["timeout"]
    assert timeout == {"connect": 1.5, "read": 3, "write": 3, "pool": 3}


def test_response_may_take_the_rest_of_an_attempt() -> None:
    extensions = limited(seconds=0.5)
    time.sleep(0.2)
    extensions["trace"](HEADERS_BEGIN, {})
    assert 0.1 <= extensions["timeout"]["read"] <= 0.3


def test_response_may_take_a_tenth_of_a_second_where_nothing_is_left() -> None:
    extensions = limited(seconds=0.01)
    time.sleep(0.05)
    extensions["trace"](HEADERS_BEGIN, {})
    assert extensions["timeout"]["read"] == 0.1


@pytest.mark.parametrize(
    "phase",
    [
        "connection.connect_tcp.started",
        "connection.start_tls.complete",
        "http11.send_request_headers.started",
        "http11.receive_response_headers.complete",
        "http11.receive_response_body.started",
    ],
)
def test_no_other_phase_changes_what_a_response_may_take(phase: str) -> None:
    extensions = limited(seconds=3)
    extensions["trace"](phase, {})
    assert extensions["timeout"]["read"] == 3


def test_limit_leaves_other_extensions_alone() -> None:
    assert limited(seconds=3, sni_hostname="acme.example")["sni_hostname"] == "acme.example"


# --- What we rely on in httpx ---------------------------------------------------------------------


# httpx documents that a request takes `extensions={"timeout": {…}, "trace": …}`. It does not
# document when the timeouts are read. We rely on this: httpcore looks up
# `request.extensions["timeout"]` as each phase begins, after the phase's "started" event, and in
# the very dict that we gave. Then a phase can be given the time that the earlier ones left. A
# version that copies the timeouts earlier would wait the 20 seconds that this request begins with.
@pytest.mark.parametrize(("phase", "answer"), [("headers", send_nothing), ("body", send_half)])
def test_httpcore_looks_up_extensions_timeout_as_each_phase_begins(
    phase: str, answer: Answer, stopwatch: Callable[[], float]
) -> None:
    timeout = httpx.Timeout(20).as_dict()

    def shorten(event: str, _info: dict[str, Any]) -> None:
        if phase == "headers" and event == HEADERS_BEGIN:
            timeout["read"] = 0.2

    with server(answer) as url, httpx.Client(trust_env=False) as client:
        request = client.build_request("GET", url)
        request.extensions |= {"timeout": timeout, "trace": shorten}
        with pytest.raises(httpx.ReadTimeout):
            _read(client.send(request, stream=True))
        assert 0.2 <= stopwatch() < 2


def _read(response: httpx.Response) -> None:
    """Read a body whose pieces may be 0.2 seconds apart, as the transport does."""
    response.request.extensions["timeout"]["read"] = 0.2
    try:
        for _piece in response.iter_bytes():
            pass
    finally:
        response.close()
