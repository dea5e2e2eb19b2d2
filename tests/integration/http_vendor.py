"""A Printora of real HTTP, which gives every GET the same response."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

ORDERS = b'{"success": true, "data": {"orders": [], "pagination": {"hasMore": false}}}'


class HttpVendor(HTTPServer):
    """A server that gives every GET this response, and counts them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body = ORDERS
        self.hits = 0


class _Answer(BaseHTTPRequestHandler):
    server: HttpVendor

    def do_GET(self) -> None:
        self.server.hits += 1
        self.send_response_only(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def http_server() -> Iterator[HttpVendor]:
    """Run such a server on a thread."""
    with HttpVendor() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
