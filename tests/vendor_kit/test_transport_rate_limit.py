"""The last rate limit can be read, and a background client leaves calls to clicks."""

import time
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import httpx
import pytest

from printora_integration.client import PrintoraClient, get_background_client, get_client
from printora_integration.exceptions import NotFoundError, RateLimitError
from vendor_kit.responses import RateLimit

from .printora import client_for

RESET = 1_772_150_400
HEADERS = {
    "X-RateLimit-Limit": "60",
    "X-RateLimit-Remaining": "59",
    "X-RateLimit-Reset": str(RESET),
}


class Limiter:
    """Answer with these rate-limit headers, and remember when it was asked."""

    def __init__(self, headers: dict[str, str], *, status: int = 200) -> None:
        self.headers = headers
        self.status = status
        self.last_checked_at: list[float] = []

    def __call__(self, _request: httpx.Request) -> httpx.Response:
        self.last_checked_at.append(time.time())
        body: dict[str, object] = {"data": {"orders": []}} if self.status < 400 else {"error": "no"}
        return httpx.Response(self.status, json=body, headers=self.headers)


def limiter(*, remaining: int, seconds: float) -> Limiter:
    reset = str(time.time() + seconds)
    return Limiter(HEADERS | {"X-RateLimit-Remaining": str(remaining), "X-RateLimit-Reset": reset})


def pause_between_two_calls(server: Limiter, client: PrintoraClient) -> float:
    for _call in range(2):
        client.orders.list()
    first, second = server.last_checked_at
    return second - first


def test_rate_limit_is_unknown_before_the_first_reply() -> None:
    assert client_for(Limiter(HEADERS)).rate_limit is None


def test_rate_limit_of_the_last_reply_is_known() -> None:
    client = client_for(Limiter(HEADERS))
    client.orders.list()
    moment = datetime.fromtimestamp(RESET, UTC)
    assert client.rate_limit == RateLimit(limit=60, remaining=59, resets_at=moment)
    with pytest.raises(FrozenInstanceError):
        client.rate_limit.limit = 1  # type: ignore[misc]


def test_failure_tells_the_rate_limit_too() -> None:
    client = client_for(Limiter(HEADERS, status=404))
    with pytest.raises(NotFoundError):
        client.orders.list()
    assert client.rate_limit is not None
    assert client.rate_limit.remaining == 59


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"X-RateLimit-Remaining": "59"},
        HEADERS | {"X-RateLimit-Limit": "many"},
        HEADERS | {"X-RateLimit-Reset": "soon"},
        HEADERS | {"X-RateLimit-Reset": "inf"},
        HEADERS | {"X-RateLimit-Reset": "nan"},
        HEADERS | {"X-RateLimit-Reset": "9" * 30},
    ],
)
def test_headers_that_make_no_sense_leave_what_was_known(odd: dict[str, str]) -> None:
    server = Limiter(HEADERS)
    client = client_for(server)
    client.orders.list()
    known = client.rate_limit
    server.headers = odd
    client.orders.list()
    assert client.rate_limit is known


# --- The reserve ----------------------------------------------------------------------------------


@pytest.mark.parametrize("remaining", [0, 5])
def test_call_at_the_reserve_waits_for_the_reset(remaining: int) -> None:
    server = limiter(remaining=remaining, seconds=0.4)
    assert pause_between_two_calls(server, client_for(server, reserve=5)) > 0.3


def test_call_above_the_reserve_does_not_wait() -> None:
    server = limiter(remaining=6, seconds=30)
    assert pause_between_two_calls(server, client_for(server, reserve=5)) < 0.2


def test_call_after_the_reset_does_not_wait() -> None:
    server = limiter(remaining=0, seconds=-1)
    assert pause_between_two_calls(server, client_for(server, reserve=5)) < 0.2


def test_wait_is_no_longer_than_the_patience() -> None:
    server = limiter(remaining=0, seconds=86_400)
    pause = pause_between_two_calls(server, client_for(server, reserve=5, deadline=0.3))
    assert 0.3 <= pause < 0.8


def test_click_takes_what_is_left_and_does_not_wait() -> None:
    server = limiter(remaining=0, seconds=30)
    assert pause_between_two_calls(server, client_for(server)) < 0.2


def test_refusal_beyond_a_clicks_patience_is_no_wait() -> None:
    server = limiter(remaining=0, seconds=30)
    server.status = 429
    with pytest.raises(RateLimitError):
        client_for(server).orders.list()
    assert len(server.last_checked_at) == 1


# --- One client a process -------------------------------------------------------------------------


@pytest.fixture
def fresh_clients() -> Iterator[None]:
    makers = (get_client, get_background_client)
    for maker in makers:
        maker.cache_clear()
    yield
    for maker in makers:
        maker().close()
        maker.cache_clear()


@pytest.mark.usefixtures("fresh_clients")
def test_background_has_a_patient_client_of_its_own() -> None:
    assert get_background_client() is get_background_client()
    assert get_background_client() is not get_client()
    assert (get_background_client().transport.deadline, get_background_client().reserve) == (60, 5)
    assert (get_client().transport.deadline, get_client().reserve) == (4.0, None)
