"""A partner's webhook endpoint for tests: it stores every request and sends set responses."""

import contextlib
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tools.engines import free_port


@dataclass(frozen=True)
class Webhook:
    """One received request."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def json(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.body)
        return parsed

    @property
    def event(self) -> str:
        event: str = self.json["event"]
        return event

    def is_signed_with(self, secret: str) -> bool:
        """Check the signature as the vendor documents it, without the sandbox's code."""
        digest = hmac.new(secret.encode("utf-8"), self.body, hashlib.sha256).hexdigest()
        return self.headers.get("x-printora-signature") == "sha256=" + digest


class Receiver:
    """A loopback server; ``answers`` has the response status of a session, if it is not 200."""

    def __init__(self, *, port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}/webhooks/printora/"
        self.answers: dict[str, Callable[[], int]] = {}
        self.received: list[Webhook] = []
        self._arrival = threading.Condition()

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler())
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def of(self, session_id: str) -> list[Webhook]:
        """Return the webhooks of one session, in the order of arrival."""
        return [webhook for webhook in self.received if webhook.json["sessionId"] == session_id]

    def wait_for(self, session_id: str, count: int, *, within: float = 5) -> list[Webhook]:
        """Wait for this many webhooks of a session and return them."""
        deadline = time.monotonic() + within
        with self._arrival:
            while len(self.of(session_id)) < count:
                left = deadline - time.monotonic()
                assert left > 0, [webhook.event for webhook in self.of(session_id)]
                self._arrival.wait(left)
        return self.of(session_id)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                webhook = Webhook(self.path, headers, body, time.monotonic())
                with receiver._arrival:
                    receiver.received.append(webhook)
                    receiver._arrival.notify_all()
                status = receiver.answers.get(webhook.json["sessionId"], lambda: 200)()
                response = b'{"received": true, "duplicate": false}'
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(response)))
                self.end_headers()
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    self.wfile.write(response)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                return

        return Handler
