"""A visitor who comes back from Printora, and the pages that wait for them."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.test import Client

from tests.helpers import SESSION

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response


SUCCESS, STATE, FAILED = "/callback/success/", "/callback/success/state/", "/callback/failed/"

NOON = datetime(2026, 2, 27, 12, 0, tzinfo=UTC)


def come_back(visitor: Client, address: str = SUCCESS, **query: str) -> "Response":
    return visitor.get(address, {"sessionId": SESSION} | query)


def state_of(response: "Response") -> str:
    state: str = response.context["state"]
    return state
