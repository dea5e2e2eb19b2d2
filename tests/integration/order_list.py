"""A Printora with a list of orders, and a reconciliation against it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from printora_integration.reconciliation.models import Reconciliation
from printora_integration.reconciliation.run import reconcile
from printora_integration.schemas.webhooks import WebhookPayload
from printora_integration.signals import order_event
from tests.integration.printora import client_for
from tests.integration.sessions import NOON


def session_of(number: int) -> str:
    """Return the session of the order with this number."""
    return str(UUID(int=number + 1))


class OrderVendor:
    """An API that lists orders, newest first, and takes requests to resend their events.

    `before` sees each request first; a response of its own is the answer.
    """

    def __init__(self) -> None:
        self.orders: list[dict[str, Any]] = []
        self.resends: list[tuple[str, str]] = []
        self.offsets: list[int] = []
        self.before: Callable[[httpx.Request], httpx.Response | None] = lambda _request: None

    def sell(
        self, status: str | None = "paid", *, count: int = 1, at: Any = NOON, **fields: Any
    ) -> None:
        """Add orders to the top of the list, with this status since this moment."""
        for number in range(len(self.orders), len(self.orders) + count):
            order = {
                "id": f"ord_{number}",
                "orderNumber": f"PR-{number}",
                "status": status,
                "totalAmount": 25.18,
                "currency": "USD",
                "source": "partner",
                "partnershipHistoryId": session_of(number),
                "createdAt": (at - timedelta(days=1)).isoformat(),
                "updatedAt": at.isoformat(),
            }
            self.orders.insert(0, order | fields)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if (response := self.before(request)) is not None:
            return response
        if request.method == "POST":
            body = json.loads(request.content)
            self.resends.append((body["sessionId"], body["eventType"]))
            return success({"webhookLogId": "log_1", "status": "pending"})
        limit, offset = (int(request.url.params[name]) for name in ("limit", "offset"))
        self.offsets.append(offset)
        page = {"total": len(self.orders), "limit": limit, "offset": offset}
        return success({"orders": self.orders[offset : offset + limit], "pagination": page})


def success(data: object) -> httpx.Response:
    """Return a response that says yes."""
    return httpx.Response(200, json={"success": True, "data": data})


def failure(status: int, *, code: str = "NO") -> httpx.Response:
    """Return a response that says no."""
    return httpx.Response(status, json={"error": {"code": code, "message": "No."}})


def run(vendor: OrderVendor, *, full: bool = True, **options: Any) -> Reconciliation:
    """Reconcile with this vendor."""
    return reconcile(full=full, client=client_for(vendor, deadline=20), **options)


def change_texts(done: Reconciliation) -> list[str]:
    """Return what a run says of its changes."""
    return [change["text"] for change in done.changes]


@contextmanager
def recording(payloads: list[WebhookPayload]) -> Iterator[None]:
    """Record the payloads that receivers of `order_event` get."""

    def receive(payload: WebhookPayload, **_signal: object) -> None:
        payloads.append(payload)

    order_event.connect(receive)
    try:
        yield
    finally:
        order_event.disconnect(receive)
