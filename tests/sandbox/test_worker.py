"""The background worker survives every error of its jobs."""

import time
from collections.abc import Iterator

import pytest

from tests.sandbox.receiver import Receiver
from tests.sandbox.scripts import run_script
from tests.sandbox.visitor import Api, Visitor
from tests.sandbox_process import SandboxProcess

# This creates a row that no model can read, so the error is not a DatabaseError.
_SPOIL = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(*given)
"""


@pytest.fixture
def spoiled(receiver: Receiver) -> Iterator[SandboxProcess]:
    with SandboxProcess(webhook_url=receiver.url) as process:
        yield process


def _wait_for_log(sandbox: SandboxProcess, text: str) -> None:
    deadline = time.monotonic() + 10
    while text not in sandbox.log:
        assert time.monotonic() < deadline, sandbox.log
        time.sleep(0.05)


def test_error_in_the_timer_stops_no_webhooks(spoiled: SandboxProcess, receiver: Receiver) -> None:
    api = Api(spoiled)
    visitor = Visitor(api.opened())
    visitor.pay()
    receiver.wait_for(visitor.opened.id, 2)
    run_script(spoiled, _SPOIL, ["UPDATE sandbox_order SET uuid = 'no-uuid'", []])
    now = {"enabled": True, "shipAfterSeconds": 0, "deliverAfterSeconds": 0}
    api.http.put("/console/api/fulfilment", json=now)
    _wait_for_log(spoiled, "autofulfil_due_orders failed: ValueError at autofulfil.py:")
    later = Visitor(api.opened())
    later.order()
    assert receiver.wait_for(later.opened.id, 1)[0].event == "order.created"


def test_error_in_the_sender_is_logged_without_its_message_and_passes(
    spoiled: SandboxProcess, receiver: Receiver
) -> None:
    api = Api(spoiled)
    visitor = Visitor(api.opened())
    receiver.answers[visitor.opened.id] = lambda: 503
    visitor.order()
    receiver.wait_for(visitor.opened.id, 1)
    spoil = "UPDATE sandbox_delivery SET next_attempt_at = '2026-01-01 00:00:00', claim = %s"
    run_script(spoiled, _SPOIL, [spoil, ["no-uuid"]])
    _wait_for_log(spoiled, "_send_due_webhooks failed: ValueError at queue.py:")
    assert "badly formed" not in spoiled.log
    assert "Traceback" not in spoiled.log
    del receiver.answers[visitor.opened.id]
    run_script(spoiled, _SPOIL, ["UPDATE sandbox_delivery SET claim = NULL", []])
    assert len(receiver.wait_for(visitor.opened.id, 2)) == 2


def test_retry_from_before_the_clock_was_set_back_is_sent(
    spoiled: SandboxProcess, receiver: Receiver
) -> None:
    visitor = Visitor(Api(spoiled).opened())
    receiver.answers[visitor.opened.id] = lambda: 503
    visitor.order()
    receiver.wait_for(visitor.opened.id, 1)
    _wait_for_log(spoiled, "(retrying)")
    del receiver.answers[visitor.opened.id]
    future = "2100-01-01 00:00:00"
    spoil = "UPDATE sandbox_delivery SET next_attempt_at = %s, claimed_until = %s"
    run_script(spoiled, _SPOIL, [spoil, [future, future]])
    assert len(receiver.wait_for(visitor.opened.id, 2)) == 2
