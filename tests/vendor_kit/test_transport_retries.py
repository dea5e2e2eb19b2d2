"""A transport tries again where that may help, with the same key, and never past its deadline."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from stamina.instrumentation import get_on_retry_hooks, set_on_retry_hooks

from tests.vendor_kit.fakes import CREATED, KEY, Handler, Step, Vendor, transport_for
from vendor_kit import exceptions as errors
from vendor_kit.transport import MAX_ATTEMPTS


def create(vendor: Handler, *, deadline: float = 5, key: str | None = "key-1") -> dict[str, Any]:
    return transport_for(vendor, deadline=deadline).request(
        "POST",
        "things",
        json={"name": "Ada"},
        headers={"Idempotency-Key": key} if key else None,
        accept={200, 201, 409},
    )


@pytest.fixture
def stopwatch() -> Callable[[], float]:
    """Return how long the test has taken so far, in seconds."""
    started = time.monotonic()
    return lambda: time.monotonic() - started


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.ReadTimeout,
        httpx.ReadError,
        httpx.RemoteProtocolError,
        429,
        502,
        503,
        504,
    ],
)
def test_temporary_failure_is_tried_again_with_the_same_key(failure: Step) -> None:
    vendor = Vendor(failure, 201)
    assert create(vendor) == CREATED
    assert vendor.keys == ["key-1", "key-1"]


def test_response_that_was_lost_is_found_again_as_a_conflict() -> None:
    vendor = Vendor(httpx.ReadTimeout, httpx.Response(409, json=CREATED))
    assert create(vendor) == CREATED


def test_lasting_failure_ends_after_four_attempts() -> None:
    vendor = Vendor(503)
    with pytest.raises(errors.ServerError):
        create(vendor)
    assert vendor.keys == ["key-1"] * MAX_ATTEMPTS
    assert MAX_ATTEMPTS == 4


def test_connection_that_never_comes_ends_after_four_attempts() -> None:
    vendor = Vendor(httpx.ConnectError)
    with pytest.raises(errors.TransportError):
        create(vendor)
    assert len(vendor.requests) == MAX_ATTEMPTS


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 422, 500, 501])
def test_response_that_will_not_change_is_not_requested_again(status: int) -> None:
    vendor = Vendor(status, 201)
    with pytest.raises(errors.APIError):
        create(vendor)
    assert len(vendor.requests) == 1


def test_response_that_is_not_json_is_not_requested_again() -> None:
    vendor = Vendor(httpx.Response(200, text="<html>"), 201)
    with pytest.raises(errors.InvalidResponseError):
        create(vendor)
    assert len(vendor.requests) == 1


# --- A POST without an idempotency key must not be carried out twice ------------------------------


@pytest.mark.parametrize("failure", [httpx.ReadTimeout, httpx.ReadError, 502, 503, 504])
def test_post_without_a_key_that_may_have_been_carried_out_is_not_repeated(failure: Step) -> None:
    vendor = Vendor(failure, 201)
    with pytest.raises((errors.TransportError, errors.ServerError)):
        create(vendor, key=None)
    assert len(vendor.requests) == 1


@pytest.mark.parametrize("failure", [httpx.ConnectError, httpx.ConnectTimeout, 429])
def test_post_without_a_key_that_was_not_carried_out_is_repeated(failure: Step) -> None:
    vendor = Vendor(failure, 201)
    assert create(vendor, key=None) == CREATED
    assert len(vendor.requests) == 2


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_method_is_repeated_without_a_key(method: str) -> None:
    vendor = Vendor(httpx.ReadTimeout, 200)
    assert transport_for(vendor).request(method, "things") == CREATED
    assert len(vendor.requests) == 2


# --- How long -------------------------------------------------------------------------------------


def test_retry_after_is_waited_for(stopwatch: Callable[[], float]) -> None:
    vendor = Vendor(httpx.Response(429, headers={"retry-after": "1"}), 201)
    create(vendor)
    assert 1 <= stopwatch() < 2


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_beyond_the_deadline_ends_the_call_at_once(
    status: int, stopwatch: Callable[[], float]
) -> None:
    vendor = Vendor(httpx.Response(status, headers={"retry-after": "6"}), 201)
    with pytest.raises(errors.APIError) as refusal:
        create(vendor)
    assert refusal.value.retry_after == 6
    assert len(vendor.requests) == 1
    assert stopwatch() < 0.5


def test_each_attempt_gets_only_the_time_that_is_left() -> None:
    allowed: list[float] = []

    def answer_slowly(request: httpx.Request) -> httpx.Response:
        allowed.append(request.extensions["timeout"]["read"])
        time.sleep(0.8)
        raise httpx.ReadTimeout("slow", request=request)

    with pytest.raises(errors.TransportError):
        create(answer_slowly, deadline=1.5)
    assert allowed[0] == pytest.approx(1.5, abs=0.1)
    assert 0 < allowed[1] <= 0.6


@pytest.mark.parametrize("seconds", [0.1, 0.25, 0.4])
def test_no_attempt_begins_after_the_deadline(
    seconds: float, stopwatch: Callable[[], float]
) -> None:
    begun: list[float] = []

    def answer_slowly(_request: httpx.Request) -> httpx.Response:
        begun.append(stopwatch())
        time.sleep(seconds)
        return httpx.Response(503)

    with pytest.raises(errors.ServerError):
        create(answer_slowly, deadline=1)
    assert max(begun) < 1


def test_ordinary_rate_limit_headers_do_not_stop_a_retry() -> None:
    headers = {"x-ratelimit-remaining": "59", "x-ratelimit-reset": str(int(time.time()) + 60)}
    vendor = Vendor(httpx.Response(503, headers=headers), 201)
    assert create(vendor) == CREATED


def test_retry_is_logged_without_a_secret() -> None:
    defaults, logged = get_on_retry_hooks(), []
    set_on_retry_hooks([lambda details: logged.append(repr(details))])  # stamina logs the same
    try:
        create(Vendor(httpx.Response(503, json={"error": f"Key {KEY} is busy"}), 201))
    finally:
        set_on_retry_hooks(defaults)
    assert "503" in logged[0]
    assert KEY not in logged[0]
