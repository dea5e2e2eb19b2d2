"""A Printora for tests: a real HTTP server on loopback, for the real client to call."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


class FakePrintora(HTTPServer):
    """A server that gives every request the same response and stores the requests."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 201
        self.body: bytes = b""
        self.headers: dict[str, str] = {}
        self.requests: list[tuple[str | None, dict[str, Any]]] = []  # idempotency key, body
        self.redirects_to("https://printora.ai/en/print/token-1")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def redirects_to(self, url: str) -> None:
        data = {
            "sessionId": "7d1f2a86-2a0b-4d59-9f5e-3f1f6a0c9f11",
            "redirectUrl": url,
            "imageUrl": "http://localhost:8000/static/art/picture-0.jpg",
            "sessionMode": "image",
            "creatorId": None,
            "createdAt": "2025-10-01T12:00:00Z",
        }
        self.body = json.dumps({"success": True, "data": data}).encode()

    def refuses(self, status: int, code: str, **headers: str) -> None:
        self.status, self.headers = status, headers
        error = {"code": code, "message": "sk_live_secret must never be shown"}
        self.body = json.dumps({"success": False, "error": error}).encode()


class _Handler(BaseHTTPRequestHandler):
    server: FakePrintora

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.headers["Idempotency-Key"], json.loads(body)))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_args: object) -> None:
        """Log nothing."""
