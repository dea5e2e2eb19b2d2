"""The last rate limit can be read, and a transport with a reserve leaves calls to others."""

import time
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from email.utils import format_datetime

import httpx
import pytest
import time_machine

from tests.vendor_kit.fakes import transport_for
from vendor_kit.exceptions import NotFoundError, RateLimitError
from vendor_kit.responses import RateLimit, read_rate_limit
from vendor_kit.transport import Transport

RESET = 1_772_150_400
HEADERS = {
    "X-RateLimit-Limit": "60",
    "X-RateLimit-Remaining": "59",
    "X-RateLimit-Reset": str(RESET),
}


class Limiter:
    """An API that answers with these rate-limit headers, and records when it was called."""

    def __init__(self, headers: dict[str, str], *, status: int = 200) -> None:
        self.headers = headers
        self.status = status
        self.called_at: list[float] = []

    def __call__(self, _request: httpx.Request) -> httpx.Response:
        self.called_at.append(time.time())
        body: dict[str, object] = {"things": []} if self.status < 400 else {"error": "no"}
        return httpx.Response(self.status, json=body, headers=self.headers)


def limiter(*, remaining: int, seconds: float) -> Limiter:
    reset = str(time.time() + seconds)
    return Limiter(HEADERS | {"X-RateLimit-Remaining": str(remaining), "X-RateLimit-Reset": reset})


def pause_between_two_calls(vendor: Limiter, transport: Transport) -> float:
    for _call in range(2):
        transport.request("GET", "things")
    first, second = vendor.called_at
    return second - first


def test_rate_limit_is_unknown_before_the_first_response() -> None:
    assert transport_for(Limiter(HEADERS)).rate_limit is None


def test_rate_limit_of_the_last_response_is_known() -> None:
    transport = transport_for(Limiter(HEADERS))
    transport.request("GET", "things")
    moment = datetime.fromtimestamp(RESET, UTC)
    assert transport.rate_limit == RateLimit(limit=60, remaining=59, resets_at=moment)
    with pytest.raises(FrozenInstanceError):
        transport.rate_limit.limit = 1  # type: ignore[misc]  # that it cannot be set is the test


def test_rate_limit_of_a_failure_is_known_too() -> None:
    transport = transport_for(Limiter(HEADERS, status=404))
    with pytest.raises(NotFoundError):
        transport.request("GET", "things")
    assert transport.rate_limit is not None
    assert transport.rate_limit.remaining == 59


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
def test_invalid_headers_leave_the_rate_limit_as_it_was(odd: dict[str, str]) -> None:
    vendor = Limiter(HEADERS)
    transport = transport_for(vendor)
    transport.request("GET", "things")
    before = transport.rate_limit
    vendor.headers = odd
    transport.request("GET", "things")
    assert transport.rate_limit is before


# --- The reserve ----------------------------------------------------------------------------------


@pytest.mark.parametrize("remaining", [0, 5])
def test_call_at_the_reserve_waits_for_the_reset(remaining: int) -> None:
    vendor = limiter(remaining=remaining, seconds=0.4)
    assert pause_between_two_calls(vendor, transport_for(vendor, reserve=5)) > 0.3


def test_call_above_the_reserve_does_not_wait() -> None:
    vendor = limiter(remaining=6, seconds=30)
    assert pause_between_two_calls(vendor, transport_for(vendor, reserve=5)) < 0.2


def test_call_after_the_reset_does_not_wait() -> None:
    vendor = limiter(remaining=0, seconds=-1)
    assert pause_between_two_calls(vendor, transport_for(vendor, reserve=5)) < 0.2


def test_wait_is_no_longer_than_the_deadline() -> None:
    vendor = limiter(remaining=0, seconds=86_400)
    pause = pause_between_two_calls(vendor, transport_for(vendor, reserve=5, deadline=0.3))
    assert 0.3 <= pause < 0.8


def test_call_without_a_reserve_does_not_wait() -> None:
    vendor = limiter(remaining=0, seconds=30)
    assert pause_between_two_calls(vendor, transport_for(vendor)) < 0.2


def test_rate_limit_error_beyond_the_deadline_is_raised_at_once() -> None:
    vendor = limiter(remaining=0, seconds=30)
    vendor.status = 429
    with pytest.raises(RateLimitError):
        transport_for(vendor).request("GET", "things")
    assert len(vendor.called_at) == 1


# --- The clock ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "expected"), [("Fri, 27 Feb 2026 12:00:00 GMT", 30), ("today", None), (None, None)]
)
def test_clock_skew_is_that_of_the_last_response(date: str | None, expected: float | None) -> None:
    transport = transport_for(Limiter({"Date": date} if date else {}))
    with time_machine.travel(datetime(2026, 2, 27, 12, 0, 30, tzinfo=UTC), tick=False):
        transport.request("GET", "things")
    assert transport.clock_skew == expected


@pytest.mark.parametrize("jump", [86_400, -86_400])
def test_wait_for_the_rate_limit_does_not_depend_on_the_clocks(jump: int) -> None:
    date = format_datetime(datetime.fromtimestamp(RESET - 30, UTC), usegmt=True)
    headers = httpx.Headers(HEADERS | {"Date": date, "X-RateLimit-Remaining": "0"})
    limit = read_rate_limit(headers)
    assert limit is not None
    with time_machine.travel(time.time() + jump):
        assert 25 < limit.seconds_to_wait(reserve=1) <= 30
