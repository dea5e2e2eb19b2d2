"""Show what went over the wire, to those who want to see it; never the API key."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from .replies import Reply


@dataclass(frozen=True)
class Exchange:
    """Hold one request and its reply, with their bodies as Python values.

    Of the headers it holds the idempotency key, or None, and nothing else. The reply may hold a
    link whose token is a visitor's credential: show it to that visitor, log it never. Bodies are
    left out of its repr.
    """

    method: str
    url: str
    idempotency_key: str | None
    sent: object = field(repr=False)
    status: int
    received: object = field(repr=False)


Observer = Callable[[Exchange], None]


def exchange_of(
    method: str, url: str, idempotency_key: str | None, body: bytes, reply: Reply
) -> Exchange:
    """Return one request and its reply, bodies parsed where they are JSON."""
    return Exchange(method, url, idempotency_key, _parsed(body), reply.status, _parsed(reply.body))


def _parsed(body: bytes) -> object:
    text = body.decode("utf-8", "replace")
    try:
        parsed: object = json.loads(text)
    except ValueError:
        return text
    return parsed
