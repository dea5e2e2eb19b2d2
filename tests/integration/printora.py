"""Play Printora for one client: answer one reply after another, and remember what was asked."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from printora_integration.client import PrintoraClient


class Printora:
    """Answer each request with the next reply, the last one for ever."""

    def __init__(self, *replies: Any, status: int = 200) -> None:
        self.replies = [httpx.Response(status, json=reply) for reply in replies]
        self.seen: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    @property
    def asked(self) -> list[str]:
        """Return what was asked, as `GET /path?query`; the prefix of every path left out."""
        return [
            f"{request.method} {request.url.raw_path.decode().removeprefix('/api/v1')}"
            for request in self.seen
        ]

    @property
    def bodies(self) -> list[Any]:
        """Return the JSON of each request that had some."""
        return [json.loads(request.content) for request in self.seen if request.content]


def client_for(
    handler: Callable[[httpx.Request], httpx.Response], **options: Any
) -> PrintoraClient:
    """Return a client that talks to this handler."""
    usual: dict[str, Any] = {"base_url": "https://api.printora.ai", "api_key": "sk_test_1"}
    return PrintoraClient(transport=httpx.MockTransport(handler), **(usual | options))


def refusing(request: httpx.Request) -> httpx.Response:
    """Stand where nothing may be sent."""
    raise AssertionError(f"nothing may be sent: {request.method} {request.url}")
