"""The faults of API calls, and the settings of faults by API and by form."""

import re
import time
import uuid
from typing import Any

import httpx
import pytest

from tests.sandbox.console import OFF, Console
from tests.sandbox.receiver import Receiver
from tests.sandbox_process import SandboxProcess


def test_faults_are_off_at_first_and_after_a_reset(console: Console) -> None:
    assert console.get() == OFF
    response = console.put(latencyMs=1, snakeCase=True)
    assert response.status_code == 200
    assert response.json()["data"] == console.get() == {**OFF, "latencyMs": 1, "snakeCase": True}
    assert console.put(errorPercent=5).json()["data"] == {**OFF, "errorPercent": 5}
    console.api.http.post("/console/api/reset")
    assert console.get() == OFF


@pytest.mark.parametrize(
    "faults",
    [
        {"gremlins": 3},
        {"errorPercent": 101},
        {"errorPercent": -1},
        {"latencyMs": 60_001},
        {"webhookCopies": 11},
        {"webhookDelayMs": "1"},
        {"webhookShuffleMs": 600_001},
        {"latencyMs": True},
        {"snakeCase": 1},
    ],
)
def test_invalid_fault_is_refused_and_named_and_changes_no_setting(
    console: Console, faults: dict[str, Any]
) -> None:
    response = console.put(**faults)
    assert response.status_code == 400
    assert response.json()["error"]["details"][0]["field"] == next(iter(faults))
    assert console.get() == OFF


def test_faults_survive_a_restart_of_the_sandbox(receiver: Receiver) -> None:
    with SandboxProcess(webhook_url=receiver.url) as sandbox:
        console = Console(sandbox)
        console.put(errorPercent=100)
        sandbox.stop()
        sandbox.start()
        assert console.get()["errorPercent"] == 100


def test_latency_delays_calls_but_not_the_console(console: Console) -> None:
    console.put(latencyMs=300)
    started = time.monotonic()
    assert console.api.get("/partners/orders").status_code == 200
    called = time.monotonic()
    console.get()
    assert called - started >= 0.3
    assert time.monotonic() - called < 0.3


def test_every_call_can_fail_with_500(console: Console) -> None:
    console.put(errorPercent=100)
    response = console.api.create()
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "INTERNAL_ERROR"


def test_rate_of_errors_is_roughly_the_configured_one(console: Console) -> None:
    console.put(errorPercent=50)
    failed = sum(console.api.get("/partners/orders").status_code == 500 for _ in range(100))
    assert 20 <= failed <= 80


def test_rate_limit_fault_sends_retry_after(console: Console) -> None:
    console.put(rateLimitPercent=100)
    response = console.api.create()
    assert response.status_code == 429
    assert response.json()["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert response.headers["retry-after"] == "1"


def test_session_of_a_lost_response_is_found_by_its_key(console: Console) -> None:
    console.put(lostReplyPercent=100)
    key = str(uuid.uuid4())
    started = time.monotonic()
    with pytest.raises(httpx.TransportError):
        console.api.create(key)
    assert time.monotonic() - started < 2
    again = console.api.create(key)
    assert again.status_code == 409
    rows = console.api.http.get("/console/api/sessions").json()["data"]["sessions"]
    assert [row["sessionId"] for row in rows] == [again.json()["data"]["sessionId"]]


def test_snake_case_dialect_is_flat(console: Console, receiver: Receiver) -> None:
    visitor = console.visitor()
    console.put(snakeCase=True)
    created = console.api.create().json()
    assert created["success"] is True
    assert {"session_id", "redirect_url", "session_mode"} <= set(created)
    listed = console.api.get("/partners/orders").json()["data"]
    assert "has_more" in listed["pagination"]
    failed = console.api.create(imageUrl=None)
    assert failed.json()["error"]["code"] == "VALIDATION_ERROR"
    visitor.pay()
    paid = receiver.wait_for(visitor.opened.id, 2)[1].json
    assert paid["event"] == "order.paid"
    assert {"order_id", "total_amount", "shipping_address"} <= set(paid["data"])
    assert paid["data"]["shipping_address"]["zip_code"] == "97205"


def test_unknown_events_follow_known_ones(console: Console, receiver: Receiver) -> None:
    console.put(unknownEvents=True)
    visitor = console.visitor()
    visitor.order()
    hooks = receiver.wait_for(visitor.opened.id, 2)
    assert [hook.event for hook in hooks] == ["order.created", "order.note_added"]
    assert hooks[1].is_signed_with(console.sandbox.secret)
    assert console.api.get("/partners/webhook-logs").status_code == 200


def test_extra_fields_are_added_to_documented_ones(console: Console, receiver: Receiver) -> None:
    console.put(extraFields=True)
    assert {"sessionId", "loyaltyPoints"} <= set(console.api.create().json()["data"])
    visitor = console.visitor()
    visitor.order()
    (hook,) = receiver.wait_for(visitor.opened.id, 1)
    assert "apiVersion" in hook.json
    assert {"orderId", "loyaltyPoints", "giftWrap"} <= set(hook.json["data"])


def _submit(console: Console, **fields: str) -> httpx.Response:
    page = console.api.http.get("/console/faults/").text
    token = console.api.http.cookies["sandbox_csrf"]
    zeros = dict.fromkeys(re.findall(r'type="number" name="([a-z_]+)"', page), "0")
    data = {"csrfmiddlewaretoken": token, **zeros, **fields}
    return console.api.http.post("/console/faults/", data=data)


def test_form_configures_faults_and_every_page_shows_them(console: Console) -> None:
    assert "go wrong on purpose" not in console.api.http.get("/console/").text
    assert _submit(console, error_percent="30", snake_case="on").status_code == 303
    assert console.get() == {**OFF, "errorPercent": 30, "snakeCase": True}
    for path in ("", "sessions/", "deliveries/", "faults/"):
        page = console.api.http.get(f"/console/{path}").text
        assert "go wrong on purpose" in page
        assert "Calls answered 500, in %: 30 · Older snake_case dialect" in page
    assert _submit(console, off="all", error_percent="x").status_code == 303
    assert console.get() == OFF


@pytest.mark.parametrize("value", ["101", "-1", "x", ""])
def test_form_shows_an_invalid_number_with_its_error(console: Console, value: str) -> None:
    response = _submit(console, error_percent=value)
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text
    assert 'class="errorlist"' in response.text
    assert console.get() == OFF
