"""The client tries again where that may help, with the same key, and never for long."""

import time
from collections.abc import Callable

import httpx
import pytest
from stamina.instrumentation import get_on_retry_hooks, set_on_retry_hooks

from printora_integration import exceptions as errors
from printora_integration.client import ATTEMPTS, PrintoraClient
from printora_integration.schemas.api import PartnerSession

CREATED = {"success": True, "data": {"sessionId": "s1", "redirectUrl": "https://printora.ai/x"}}
Step = int | type[httpx.TransportError] | httpx.Response


class Vendor:
    """Answer one step after another, the last one for ever, and remember what was asked."""

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)
        self.seen: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, type):
            raise step("no reply", request=request)
        if isinstance(step, int):
            return httpx.Response(step, json=CREATED if step < 400 else {"error": "no"})
        return step

    @property
    def keys(self) -> list[str]:
        """Return the idempotency keys of all requests."""
        return [request.headers["idempotency-key"] for request in self.seen]


def create(
    vendor: Callable[[httpx.Request], httpx.Response], patience: float = 5
) -> PartnerSession:
    client = PrintoraClient(
        base_url="https://api.printora.ai",
        api_key="sk_test_1",
        deadline=patience,
        transport=httpx.MockTransport(vendor),
    )
    return client.sessions.create(
        idempotency_key="key-1",
        image_url="https://example.com/dune.jpg",
        success_url="https://example.com/success/",
        failed_url="https://example.com/failed/",
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
def test_passing_failure_is_tried_again_with_the_same_key(failure: Step) -> None:
    vendor = Vendor(failure, 201)
    assert create(vendor).session_id == "s1"
    assert vendor.keys == ["key-1", "key-1"]


def test_reply_that_was_lost_is_found_again_as_a_conflict() -> None:
    vendor = Vendor(httpx.ReadTimeout, 409)
    vendor.steps[1] = httpx.Response(409, json=CREATED)
    assert create(vendor).session_id == "s1"


def test_lasting_failure_is_given_up_after_four_tries() -> None:
    vendor = Vendor(503)
    with pytest.raises(errors.ServerError):
        create(vendor)
    assert vendor.keys == ["key-1"] * ATTEMPTS
    assert ATTEMPTS == 4


def test_lasting_silence_is_given_up_after_four_tries() -> None:
    vendor = Vendor(httpx.ConnectError)
    with pytest.raises(errors.TransportError):
        create(vendor)
    assert len(vendor.seen) == ATTEMPTS


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 422, 500, 501])
def test_answer_that_will_not_change_is_not_asked_for_again(status: int) -> None:
    vendor = Vendor(status, 201)
    with pytest.raises(errors.APIError):
        create(vendor)
    assert len(vendor.seen) == 1


def test_reply_that_is_not_json_is_not_asked_for_again() -> None:
    vendor = Vendor(httpx.Response(200, text="<html>"), 201)
    with pytest.raises(errors.InvalidResponseError):
        create(vendor)
    assert len(vendor.seen) == 1


def test_retry_after_is_waited_for(stopwatch: Callable[[], float]) -> None:
    vendor = Vendor(httpx.Response(429, headers={"retry-after": "1"}), 201)
    create(vendor)
    assert 1 <= stopwatch() < 2


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_beyond_the_patience_is_given_up_at_once(
    status: int, stopwatch: Callable[[], float]
) -> None:
    vendor = Vendor(httpx.Response(status, headers={"retry-after": "6"}), 201)
    with pytest.raises(errors.APIError) as refusal:
        create(vendor)
    assert refusal.value.retry_after == 6
    assert len(vendor.seen) == 1
    assert stopwatch() < 0.5


def test_each_try_gets_only_the_time_that_is_left() -> None:
    allowed: list[float] = []

    def slow(request: httpx.Request) -> httpx.Response:
        allowed.append(request.extensions["timeout"]["read"])
        time.sleep(0.8)
        raise httpx.ReadTimeout("slow", request=request)

    with pytest.raises(errors.TransportError):
        create(slow, deadline=1.5)
    assert allowed[0] == pytest.approx(1.5, abs=0.1)
    assert 0 < allowed[1] <= 0.6


@pytest.mark.parametrize("seconds", [0.1, 0.25, 0.4])
def test_no_try_begins_after_the_patience_has_run_out(
    seconds: float, stopwatch: Callable[[], float]
) -> None:
    begun: list[float] = []

    def slow(_request: httpx.Request) -> httpx.Response:
        begun.append(stopwatch())
        time.sleep(seconds)
        return httpx.Response(503)

    with pytest.raises(errors.ServerError):
        create(slow, deadline=1)
    assert max(begun) < 1


def test_ordinary_rate_headers_do_not_stop_a_retry() -> None:
    headers = {"x-ratelimit-remaining": "59", "x-ratelimit-reset": str(int(time.time()) + 60)}
    vendor = Vendor(httpx.Response(503, headers=headers), 201)
    assert create(vendor).session_id == "s1"


def test_retry_is_reported_without_a_secret() -> None:
    usual, told = get_on_retry_hooks(), []
    set_on_retry_hooks([lambda details: told.append(repr(details))])  # stamina logs the same
    try:
        create(Vendor(httpx.Response(503, json={"error": "Key sk_test_1 is busy"}), 201))
    finally:
        set_on_retry_hooks(usual)
    assert "503" in told[0]
    assert "sk_test_1" not in told[0]
