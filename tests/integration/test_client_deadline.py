"""A server that is slow on purpose, or says too much, holds no click: real sockets, real bytes."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any

import httpx
import pytest

from printora_integration.client import PrintoraClient
from printora_integration.exceptions import InvalidResponseError, TransportError
from tests.integration.printora import client_for

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n"
Talk = Callable[[socket.socket, Event], object]


@contextmanager
def server(talk: Talk) -> Iterator[str]:
    """Listen on loopback and let `talk` answer each connection until the test is over."""
    over = Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with suppress(OSError):  # closed: the test is over, or the client gave up
            while True:
                connection, _address = listener.accept()
                with connection, suppress(OSError):
                    connection.recv(65536)
                    talk(connection, over)

    thread = Thread(target=answer)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    over.set()
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


def drip(connection: socket.socket, over: Event) -> None:
    connection.sendall(HEAD)
    while not over.wait(0.05):
        connection.sendall(b" ")


def stall(connection: socket.socket, over: Event) -> None:
    connection.sendall(HEAD + b"{")
    over.wait(20)


def flood(connection: socket.socket, _over: Event) -> None:
    connection.sendall(HEAD + b" " * 2_000_000)


@pytest.mark.parametrize("talk", [drip, stall])
def test_slow_reply_is_given_up_when_the_patience_is_over(talk: Talk) -> None:
    with server(talk) as url:
        client = PrintoraClient(base_url=url, api_key="sk_test_1", deadline=0.5)
        started = time.monotonic()
        with pytest.raises(TransportError):
            client.sessions.get("s1")
        assert time.monotonic() - started < 1.5
        client.close()


def test_endless_reply_is_unexpected() -> None:
    with server(flood) as url:
        client = PrintoraClient(base_url=url, api_key="sk_test_1")
        with pytest.raises(InvalidResponseError):
            client.sessions.get("s1")
        client.close()


def test_connecting_and_the_reply_share_the_time_of_one_attempt() -> None:
    limits: list[tuple[float, float]] = []

    def answer_late(request: httpx.Request) -> httpx.Response:
        timeout = request.extensions["timeout"]
        time.sleep(0.2)  # as a slow connection does
        request.extensions["trace"]("http11.receive_response_headers.started", {})
        limits.append((timeout["connect"], timeout["read"]))
        return httpx.Response(200, json={"data": {"sessionId": "s1"}})

    client_for(answer_late, deadline=1).sessions.get("s1")
    [(connect, read)] = limits
    assert connect == pytest.approx(0.5, abs=0.05)  # once for TCP, once for TLS
    assert 0.6 < read <= 0.8


def test_reply_has_what_connecting_left_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.create_connection

    def slowly(*args: Any, **options: Any) -> socket.socket:
        time.sleep(0.6)
        return connect(*args, **options)

    monkeypatch.setattr(socket, "create_connection", slowly)
    with server(lambda _connection, over: over.wait(20)) as url:
        client = PrintoraClient(base_url=url, api_key="sk_test_1", deadline=1)
        started = time.monotonic()
        with pytest.raises(TransportError):
            client.sessions.get("s1")
        assert time.monotonic() - started < 1.4
        client.close()
