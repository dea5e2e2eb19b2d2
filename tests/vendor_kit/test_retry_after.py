"""When to try again: `Retry-After`, else the rate limit's reset, where they make sense."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
import time_machine

from tests.vendor_kit.test_response_errors import error_of
from vendor_kit.exceptions import APIError

NOW = datetime(2026, 2, 27, 12, 0, tzinfo=UTC)


def retry_after(**headers: str) -> float | None:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    with time_machine.travel(NOW, tick=False):
        return error_of(httpx.Response(429, headers=names)).retry_after


def test_retry_after_may_be_seconds() -> None:
    assert retry_after(retry_after="30") == 30


def test_retry_after_may_be_a_date() -> None:
    date = format_datetime(NOW + timedelta(seconds=90), usegmt=True)
    assert retry_after(retry_after=date) == 90


@pytest.mark.parametrize("error", [timedelta(minutes=10), -timedelta(days=1)])
def test_times_of_the_vendor_count_from_its_own_clock(error: timedelta) -> None:
    vendor_now = NOW + error
    date = format_datetime(vendor_now, usegmt=True)
    later = vendor_now + timedelta(seconds=42)
    assert retry_after(date=date, retry_after=format_datetime(later, usegmt=True)) == 42
    assert retry_after(date=date, x_ratelimit_reset=str(later.timestamp())) == 42


def test_retry_after_in_the_past_means_now() -> None:
    with time_machine.travel(NOW, tick=False):
        date = format_datetime(NOW - timedelta(seconds=90), usegmt=True)
        assert error_of(httpx.Response(500, headers={"retry-after": date})).retry_after == 0


def test_rate_limit_reset_counts_where_retry_after_is_missing() -> None:
    reset = str(int(NOW.timestamp()) + 42)
    assert retry_after(x_ratelimit_reset=reset) == 42
    assert retry_after(x_ratelimit_reset=reset, retry_after="7") == 7


@pytest.mark.parametrize(
    "value", ["soon", "-5", "", "1e3x", "Fri, 31 Dec 99999 23:59:59 GMT", "27 Feb 2026 12:00:00"]
)
def test_retry_after_that_makes_no_sense_is_none(value: str) -> None:
    assert retry_after(retry_after=value) is None


@pytest.mark.parametrize("value", ["9" * 400, "inf", "nan", "Infinity", "-nan"])
def test_wait_that_is_no_number_of_seconds_is_none(value: str) -> None:
    assert retry_after(retry_after=value) is None
    assert retry_after(x_ratelimit_reset=value) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"retry_after": "99999999"},
        {"retry_after": "Fri, 31 Dec 9999 23:59:59 GMT"},
        {"x_ratelimit_reset": str(int(NOW.timestamp() * 1000) + 42_000)},  # milliseconds
    ],
)
def test_wait_is_an_hour_at_most(headers: dict[str, str]) -> None:
    assert retry_after(**headers) == 3600


def test_rate_limit_reset_does_not_count_for_another_failure() -> None:
    headers = {"x-ratelimit-reset": str(int(NOW.timestamp()) + 42)}
    with time_machine.travel(NOW, tick=False):
        assert error_of(httpx.Response(503, headers=headers)).retry_after is None


@pytest.mark.parametrize("zone", ["+9999", "+99999999", "+" + "9" * 20, "-" + "9" * 400])
def test_retry_after_with_an_impossible_zone_is_still_our_error(zone: str) -> None:
    date = f"Fri, 27 Feb 2026 12:00:00 {zone}"
    assert isinstance(error_of(httpx.Response(429, headers={"retry-after": date})), APIError)
