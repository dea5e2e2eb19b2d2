"""Connections are pooled: one serves many calls, and one that the vendor ended is replaced."""

import socket
from threading import Event

import pytest

from tests.vendor_kit.fakes import transport_to
from tests.vendor_kit.sockets import server
from vendor_kit.exceptions import UnreachableError

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
THING = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"id":"t1"}'


class Server:
    """An endpoint that counts connections and requests, and ends a connection after some."""

    def __init__(self, *, requests_per_connection: int) -> None:
        self.requests_per_connection = requests_per_connection
        self.connections = 0
        self.requests = 0

    def __call__(self, connection: socket.socket, _is_over: Event) -> None:
        self.connections += 1
        for number in range(self.requests_per_connection):
            if number and not connection.recv(65536):
                return
            self.requests += 1
            connection.sendall(THING)


def test_calls_share_one_connection() -> None:
    endpoint = Server(requests_per_connection=3)
    with server(endpoint) as url:
        transport = transport_to(url)
        for _call in range(3):
            assert transport.request("GET", "things") == {"id": "t1"}
        transport.close()
    assert (endpoint.connections, endpoint.requests) == (1, 3)


def test_connection_that_the_vendor_ended_is_replaced() -> None:
    endpoint = Server(requests_per_connection=1)
    with server(endpoint) as url:
        transport = transport_to(url)
        for _call in range(3):
            assert transport.request("GET", "things") == {"id": "t1"}
        transport.close()
    assert (endpoint.connections, endpoint.requests) == (3, 3)


def test_ping_takes_any_response_and_raises_where_nothing_listens() -> None:
    with server(lambda connection, _is_over: connection.sendall(OK)) as url:
        transport = transport_to(url)
        transport.ping()
        transport.close()
    gone = transport_to(url)
    with pytest.raises(UnreachableError):
        gone.ping()
    gone.close()
