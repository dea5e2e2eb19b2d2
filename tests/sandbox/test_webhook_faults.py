"""The faults of webhooks."""

import re
import time

from tests.sandbox.console import Console
from tests.sandbox.receiver import Receiver


def test_duplicated_webhooks_are_the_same_bytes(console: Console, receiver: Receiver) -> None:
    console.put(webhookCopies=2)
    visitor = console.visitor()
    visitor.order()
    hooks = receiver.wait_for(visitor.opened.id, 3)
    assert len({hook.body for hook in hooks}) == 1


def test_delayed_webhook_comes_later(console: Console, receiver: Receiver) -> None:
    console.put(webhookDelayMs=700)
    visitor = console.visitor()
    visitor.order()
    placed = time.monotonic()
    (hook,) = receiver.wait_for(visitor.opened.id, 1)
    assert 0.6 < hook.at - placed < 2


def test_shuffled_webhooks_all_arrive_in_another_order(
    console: Console, receiver: Receiver
) -> None:
    console.put(webhookShuffleMs=300, unknownEvents=True)
    expected = ["order.created", "order.note_added"]
    orders = []
    for _ in range(12):  # in order every time: once in 4,096 runs
        visitor = console.visitor()
        visitor.order()
        orders.append(visitor.opened.id)
    arrived = [[hook.event for hook in receiver.wait_for(order, 2)] for order in orders]
    assert all(sorted(events) == expected for events in arrived)
    assert any(events != expected for events in arrived)


def test_dropped_webhook_is_logged_as_failed_and_can_be_resent(
    console: Console, receiver: Receiver
) -> None:
    console.put(webhookDropPercent=100)
    visitor = console.visitor()
    visitor.order()
    log = console.log_of(visitor, "failed")
    assert "dropped on purpose" in log["errorMessage"]
    assert log["nextRetryAt"] is None
    assert receiver.of(visitor.opened.id) == []
    console.put()
    body = {"orderId": log["orderId"], "eventType": "order.created"}
    console.api.http.post("/api/v1/partners/webhook-logs/resend", json=body)
    assert receiver.wait_for(visitor.opened.id, 1)[0].event == "order.created"


def test_wrongly_signed_webhook_has_a_well_formed_signature(
    console: Console, receiver: Receiver
) -> None:
    console.put(webhookBadSignaturePercent=100)
    visitor = console.visitor()
    visitor.order()
    (hook,) = receiver.wait_for(visitor.opened.id, 1)
    assert re.fullmatch("sha256=[0-9a-f]{64}", hook.headers["x-printora-signature"])
    assert not hook.is_signed_with(console.sandbox.secret)
