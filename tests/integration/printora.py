"""A Printora for one client: it answers with one response after another, and records requests."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import httpx

from printora_integration.client import PrintChoice, PrintoraClient, UserData
from printora_integration.merch import MerchClient
from printora_integration.schemas.api import PartnerSession

Handler = Callable[[httpx.Request], httpx.Response]
C = TypeVar("C", bound=PrintoraClient)

SITE = "https://gallery.example.com"
PICTURE = f"{SITE}/dune.jpg"
SUCCESS_URL, FAILED_URL = f"{SITE}/callback/success/", f"{SITE}/callback/failed/"


class Printora:
    """An API that answers each request with the next response, the last one for ever."""

    def __init__(self, *bodies: Any, status: int = 200) -> None:
        self.responses = [httpx.Response(status, json=body) for body in bodies]
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.responses.pop(0) if len(self.responses) > 1 else self.responses[0]

    @property
    def calls(self) -> list[str]:
        """Return the requests, as `GET /path?query`; the prefix of every path left out."""
        return [
            f"{request.method} {request.url.raw_path.decode().removeprefix('/api/v1')}"
            for request in self.requests
        ]

    @property
    def bodies(self) -> list[Any]:
        """Return the JSON of each request that had some."""
        return [json.loads(request.content) for request in self.requests if request.content]


def client_for(handler: Handler, **options: Any) -> PrintoraClient:
    """Return a client that talks to this handler."""
    return _client(PrintoraClient, handler, options)


def merch_client_for(handler: Handler, **options: Any) -> MerchClient:
    """Return a client for merch that talks to this handler."""
    return _client(MerchClient, handler, options)


def _client(kind: type[C], handler: Handler, options: dict[str, Any]) -> C:
    defaults: dict[str, Any] = {"base_url": "https://api.printora.ai", "api_key": "sk_test_1"}
    return kind(transport=httpx.MockTransport(handler), **(defaults | options))


def refuse_all(request: httpx.Request) -> httpx.Response:
    """Fail the test: nothing may be sent."""
    raise AssertionError(f"nothing may be sent: {request.method} {request.url}")


def create_session(
    client: PrintoraClient,
    *,
    idempotency_key: str = "key-1",
    success_url: str = SUCCESS_URL,
    failed_url: str = FAILED_URL,
    user_data: UserData | None = None,
    **choice: Any,
) -> PartnerSession:
    """Create a session; `choice` is a PrintChoice's arguments, a picture unless one is given."""
    return client.sessions.create(
        PrintChoice(**(choice or {"image_url": PICTURE})),
        idempotency_key=idempotency_key,
        success_url=success_url,
        failed_url=failed_url,
        user_data=user_data,
    )
