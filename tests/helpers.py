"""Build, sign and deliver webhooks as Printora does.

The signing here is the tests' own code, so that an error in the integration's signing is found.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

DATA = Path(__file__).parent / "data"
ROOT = DATA.parent.parent
SECRET = "whsec_of_the_tests"
WEBHOOK = "/webhooks/printora/"
SESSION = "3726a462-e994-4a94-a483-34dd9de8ee90"
ORDER = "4e4ddce0-9a94-4077-921a-e7b72b2e1e69"


def hand_signed(body: bytes, secret: str = SECRET) -> str:
    """Return the signature header of a body, made without the integration's code."""
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def webhook(
    event: str = "order.created",
    data: Mapping[str, Any] | None = None,
    *,
    session: str = SESSION,
    timestamp: str = "2026-02-27T01:02:33.444Z",
) -> dict[str, Any]:
    """Return a webhook's payload; `data` is added to the order's id."""
    fields = {"orderId": ORDER} | dict(data or {})
    return {"sessionId": session, "event": event, "timestamp": timestamp, "data": fields}


def encoded(payload: object) -> bytes:
    """Return a payload as JavaScript would send it."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def deliver(
    client: Client,
    payload: object,
    *,
    signature: str | None = None,
    path: str = WEBHOOK,
    **request: Any,
) -> "Response":
    """Post a payload, or raw bytes, signed unless a signature is given."""
    body = payload if isinstance(payload, bytes) else encoded(payload)
    header = hand_signed(body) if signature is None else signature
    return client.post(
        path,
        body,
        content_type="application/json",
        headers={"x-printora-signature": header, "user-agent": "Printora-Webhook/1.0"},
        **request,
    )


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make all calls at the same moment, each on a thread and a connection of its own."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))
