"""A vendor for one transport: it answers with one step after another, and records requests."""

from collections.abc import Callable
from typing import Any

import httpx

from vendor_kit.transport import Transport

KEY = "sk_test_of_the_tests"
CREATED = {"success": True, "data": {"id": "t1"}}
Handler = Callable[[httpx.Request], httpx.Response]
Step = int | type[httpx.TransportError] | httpx.Response


class Vendor:
    """An API that answers each request with the next step, the last one for ever."""

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, type):
            raise step("no response", request=request)
        if isinstance(step, int):
            return httpx.Response(step, json=CREATED if step < 400 else {"error": "no"})
        return step

    @property
    def keys(self) -> list[str]:
        """Return the idempotency keys of all requests."""
        return [request.headers["idempotency-key"] for request in self.requests]


def transport_for(handler: Handler, **options: Any) -> Transport:
    """Return a transport whose requests this handler answers."""
    return _transport(options | {"transport": httpx.MockTransport(handler)})


def transport_to(url: str, **options: Any) -> Transport:
    """Return a transport to a real server."""
    return _transport(options | {"base_url": url})


def _transport(options: dict[str, Any]) -> Transport:
    defaults: dict[str, Any] = {
        "vendor": "Acme",
        "base_url": "https://api.acme.example",
        "path_prefix": "/v1/",
        "headers": {"Authorization": f"Bearer {KEY}"},
        "deadline": 4.0,
    }
    return Transport(**(defaults | options))
