"""What goes wrong with calls, on purpose; the switches, by script and by form."""

import re
import time
import uuid
from typing import Any

import httpx
import pytest

from tests.sandbox.desk import OFF, Desk
from tests.sandbox.receiver import Receiver
from tests.sandbox_process import SandboxProcess


def test_faults_are_off_until_switched_on_and_after_a_reset(desk: Desk) -> None:
    assert desk.get() == OFF
    reply = desk.put(latencyMs=1, snakeCase=True)
    assert reply.status_code == 200
    assert reply.json()["data"] == desk.get() == {**OFF, "latencyMs": 1, "snakeCase": True}
    assert desk.put(errorPercent=5).json()["data"] == {**OFF, "errorPercent": 5}
    desk.api.http.post("/console/api/reset")
    assert desk.get() == OFF


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
def test_impossible_fault_is_refused_by_name_and_changes_nothing(
    desk: Desk, faults: dict[str, Any]
) -> None:
    reply = desk.put(**faults)
    assert reply.status_code == 400
    assert reply.json()["error"]["details"][0]["field"] == next(iter(faults))
    assert desk.get() == OFF


def test_faults_survive_a_restart(receiver: Receiver) -> None:
    with SandboxProcess(webhook_url=receiver.url) as sandbox:
        desk = Desk(sandbox)
        desk.put(errorPercent=100)
        sandbox.stop()
        sandbox.start()
        assert desk.get()["errorPercent"] == 100


def test_latency_holds_up_calls_but_not_the_console(desk: Desk) -> None:
    desk.put(latencyMs=300)
    started = time.monotonic()
    assert desk.api.get("/partners/orders").status_code == 200
    called = time.monotonic()
    desk.get()
    assert called - started >= 0.3
    assert time.monotonic() - called < 0.3


def test_every_call_can_fail_with_500(desk: Desk) -> None:
    desk.put(errorPercent=100)
    reply = desk.api.create()
    assert reply.status_code == 500
    assert reply.json()["error"]["code"] == "INTERNAL_ERROR"


def test_rate_of_errors_is_roughly_what_was_asked_for(desk: Desk) -> None:
    desk.put(errorPercent=50)
    failed = sum(desk.api.get("/partners/orders").status_code == 500 for _ in range(100))
    assert 20 <= failed <= 80


def test_rate_limit_storm_says_when_to_come_back(desk: Desk) -> None:
    desk.put(rateLimitPercent=100)
    reply = desk.api.create()
    assert reply.status_code == 429
    assert reply.json()["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert reply.headers["retry-after"] == "1"


def test_lost_reply_leaves_a_session_that_the_same_key_finds(desk: Desk) -> None:
    desk.put(lostReplyPercent=100)
    key = str(uuid.uuid4())
    started = time.monotonic()
    with pytest.raises(httpx.TransportError):
        desk.api.create(key)
    assert time.monotonic() - started < 2
    again = desk.api.create(key)
    assert again.status_code == 409
    rows = desk.api.http.get("/console/api/sessions").json()["data"]["sessions"]
    assert [row["sessionId"] for row in rows] == [again.json()["data"]["sessionId"]]


def test_older_dialect_is_snake_case_and_flat(desk: Desk, receiver: Receiver) -> None:
    visitor = desk.visitor()
    desk.put(snakeCase=True)
    created = desk.api.create().json()
    assert created["success"] is True
    assert {"session_id", "redirect_url", "session_mode"} <= set(created)
    listed = desk.api.get("/partners/orders").json()["data"]
    assert "has_more" in listed["pagination"]
    refused = desk.api.create(imageUrl=None)
    assert refused.json()["error"]["code"] == "VALIDATION_ERROR"
    visitor.pay()
    paid = receiver.wait_for(visitor.opened.id, 2)[1].json
    assert paid["event"] == "order.paid"
    assert {"order_id", "total_amount", "shipping_address"} <= set(paid["data"])
    assert paid["data"]["shipping_address"]["zip_code"] == "97205"


def test_unknown_events_follow_known_ones(desk: Desk, receiver: Receiver) -> None:
    desk.put(unknownEvents=True)
    visitor = desk.visitor()
    visitor.order()
    hooks = receiver.wait_for(visitor.opened.id, 2)
    assert [hook.event for hook in hooks] == ["order.created", "order.note_added"]
    assert hooks[1].is_signed_with(desk.sandbox.secret)
    assert desk.api.get("/partners/webhook-logs").status_code == 200


def test_extra_fields_come_on_top_of_the_usual_ones(desk: Desk, receiver: Receiver) -> None:
    desk.put(extraFields=True)
    assert {"sessionId", "loyaltyPoints"} <= set(desk.api.create().json()["data"])
    visitor = desk.visitor()
    visitor.order()
    (hook,) = receiver.wait_for(visitor.opened.id, 1)
    assert "apiVersion" in hook.json
    assert {"orderId", "loyaltyPoints", "giftWrap"} <= set(hook.json["data"])


def _submit(desk: Desk, **fields: str) -> httpx.Response:
    page = desk.api.http.get("/console/faults/").text
    token = desk.api.http.cookies["sandbox_csrf"]
    zeros = dict.fromkeys(re.findall(r'type="number" name="([a-z_]+)"', page), "0")
    data = {"csrfmiddlewaretoken": token, **zeros, **fields}
    return desk.api.http.post("/console/faults/", data=data)


def test_form_switches_faults_and_every_page_says_so(desk: Desk) -> None:
    assert "go wrong on purpose" not in desk.api.http.get("/console/").text
    assert _submit(desk, error_percent="30", snake_case="on").status_code == 303
    assert desk.get() == {**OFF, "errorPercent": 30, "snakeCase": True}
    for path in ("", "sessions/", "deliveries/", "faults/"):
        page = desk.api.http.get(f"/console/{path}").text
        assert "go wrong on purpose" in page
        assert "Calls answered 500, in %: 30 · Older snake_case dialect" in page
    assert _submit(desk, off="all", error_percent="x").status_code == 303
    assert desk.get() == OFF


@pytest.mark.parametrize("value", ["101", "-1", "x", ""])
def test_form_shows_a_wrong_number_again_with_its_error(desk: Desk, value: str) -> None:
    reply = _submit(desk, error_percent=value)
    assert reply.status_code == 422
    assert 'aria-invalid="true"' in reply.text
    assert 'class="errorlist"' in reply.text
    assert desk.get() == OFF
