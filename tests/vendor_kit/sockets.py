"""A server of real sockets, for responses that no HTTP library would send."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n"
Answer = Callable[[socket.socket, Event], object]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """Have `answer` handle each connection's first request, until the block ends; yield the URL."""
    is_over = Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):  # closed: the test is over, or the client hung up
            while True:
                connection, _address = listener.accept()
                with connection, suppress(OSError):
                    connection.recv(65536)
                    answer(connection, is_over)

    thread = Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        is_over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def send_nothing(_connection: socket.socket, is_over: Event) -> None:
    """Leave the request without a response."""
    is_over.wait(20)


def send_half(connection: socket.socket, is_over: Event) -> None:
    """Send the head of a response, the first byte of its body, and nothing more."""
    connection.sendall(HEAD + b"{")
    is_over.wait(20)


def send_byte_by_byte(connection: socket.socket, is_over: Event) -> None:
    """Send a body that never ends, one byte at a time."""
    connection.sendall(HEAD)
    while not is_over.wait(0.05):
        connection.sendall(b" ")


def send_too_much(connection: socket.socket, _is_over: Event) -> None:
    """Send a body of nearly 2 MiB."""
    connection.sendall(HEAD + b" " * 2_000_000)
