"""A webhook of our own making is posted as a vendor would post it."""

import socket
from threading import Event

import pytest

from tests.vendor_kit.sockets import server
from vendor_kit.exceptions import TransportError, UnreachableError
from vendor_kit.transport import post_webhook

MOVED = b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 2\r\n\r\nno"


def test_response_is_returned_whatever_its_status_and_no_redirect_is_followed() -> None:
    with server(lambda connection, _is_over: connection.sendall(MOVED)) as url:
        response = post_webhook(url, b"{}", headers={"X-Signature": "sha256="})
    assert (response.status, response.body) == (302, b"no")
    assert response.headers["location"] == "/elsewhere"


def test_address_where_nothing_listens_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(UnreachableError, match="Nothing listens"):
        post_webhook(url, b"{}", headers={})


def test_connection_that_brings_no_response_is_a_transport_error() -> None:
    def hang_up(_connection: socket.socket, _is_over: Event) -> None:
        return

    with server(hang_up) as url, pytest.raises(TransportError, match="did not answer") as failure:
        post_webhook(url, b"{}", headers={})
    assert not isinstance(failure.value, UnreachableError)
