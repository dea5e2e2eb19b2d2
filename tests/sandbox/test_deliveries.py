import itertools
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from tests.sandbox.conftest import TIME_SCALE
from tests.sandbox.receiver import Receiver
from tests.sandbox.visitor import Api, Visitor
from tests.sandbox_process import SandboxProcess


def _delivery(sandbox: SandboxProcess, session_id: str, event: str) -> dict[str, Any]:
    response = httpx.get(f"{sandbox.url}/console/api/deliveries", params={"limit": 100})
    rows: list[dict[str, Any]] = response.json()["data"]["deliveries"]
    return next(row for row in rows if (row["sessionId"], row["event"]) == (session_id, event))


def _wait_for_status(
    sandbox: SandboxProcess, session_id: str, status: str, *, event: str = "order.created"
) -> dict[str, Any]:
    deadline = time.monotonic() + 10
    while (row := _delivery(sandbox, session_id, event))["status"] != status:
        assert time.monotonic() < deadline, row["status"]
        time.sleep(0.05)
    return row


def test_failed_delivery_is_retried_on_schedule_with_the_same_bytes(
    sandbox: SandboxProcess, visitor: Visitor, receiver: Receiver
) -> None:
    statuses = iter([500, 302, 404, 204])
    receiver.answers[visitor.opened.id] = lambda: next(statuses)
    visitor.order()
    attempts = receiver.wait_for(visitor.opened.id, 4)
    row = _wait_for_status(sandbox, visitor.opened.id, "sent")
    assert len({attempt.body for attempt in attempts}) == 1
    pauses = [later.at - earlier.at for earlier, later in itertools.pairwise(attempts)]
    for pause, minutes in zip(pauses, (1, 5, 30), strict=True):
        assert minutes * 60 / TIME_SCALE <= pause < minutes * 60 / TIME_SCALE + 1
    assert [attempt["httpStatus"] for attempt in row["attempts"]] == [500, 302, 404, 204]
    assert [attempt["number"] for attempt in row["attempts"]] == [1, 2, 3, 4]


def test_delivery_fails_after_five_attempts_and_can_be_sent_again(
    sandbox: SandboxProcess, api: Api, visitor: Visitor, receiver: Receiver
) -> None:
    receiver.answers[visitor.opened.id] = lambda: 503
    visitor.order()
    row = _wait_for_status(sandbox, visitor.opened.id, "failed")
    logs = api.get("/partners/webhook-logs", params={"status": "failed"}).json()["data"]["logs"]
    log = next(log for log in logs if log["id"] == row["id"])
    del receiver.answers[visitor.opened.id]
    visitor.http.get(f"{sandbox.url}/console/deliveries/")
    visitor.post(f"{sandbox.url}/console/deliveries/{row['id']}/again/")
    again = _wait_for_status(sandbox, visitor.opened.id, "sent")
    assert len(row["attempts"]) == 5
    assert row["nextAttemptAt"] is None
    assert (log["attemptCount"], log["errorMessage"], log["nextRetryAt"]) == (5, "HTTP 503", None)
    assert len(again["attempts"]) == 6


def test_queue_survives_a_crash() -> None:
    receiver = Receiver()  # not listening yet
    with SandboxProcess(webhook_url=receiver.url, time_scale=60) as sandbox:
        visitor = Visitor(Api(sandbox).opened())
        visitor.pay()
        _wait_for_status(sandbox, visitor.opened.id, "retrying", event="order.paid")
        sandbox.stop(signal.SIGKILL)
        with receiver:
            sandbox.start()
            hooks = receiver.wait_for(visitor.opened.id, 2, within=10)
    assert sorted(hook.event for hook in hooks) == ["order.created", "order.paid"]
    assert all(hook.is_signed_with(sandbox.secret) for hook in hooks)


def test_two_senders_on_one_queue_send_everything_once() -> None:
    with Receiver() as receiver, SandboxProcess(webhook_url=receiver.url) as sandbox:
        env = {"SANDBOX_DATABASE_URL": sandbox.database_url}
        with SandboxProcess(webhook_url=receiver.url, env=env):
            visitors = [Visitor(opened) for opened in (Api(sandbox).opened() for _ in range(10))]
            with ThreadPoolExecutor(5) as pool:
                list(pool.map(Visitor.pay, visitors))
            for visitor in visitors:
                receiver.wait_for(visitor.opened.id, 2)
            time.sleep(0.5)  # a second copy would have arrived by now
    for visitor in visitors:
        events = [hook.event for hook in receiver.of(visitor.opened.id)]
        assert events == ["order.created", "order.paid"]


def test_event_is_sent_within_a_third_of_a_second(visitor: Visitor, receiver: Receiver) -> None:
    visitor.look("/checkout")
    visitor.order()
    placed = time.monotonic()
    (hook,) = receiver.wait_for(visitor.opened.id, 1)
    assert hook.at - placed < 0.3


def test_slow_partner_is_cut_off_after_five_seconds_and_tried_again(
    sandbox: SandboxProcess, visitor: Visitor, receiver: Receiver
) -> None:
    naps = itertools.chain([5.3], itertools.repeat(0))

    def answer() -> int:
        time.sleep(next(naps))
        return 200

    receiver.answers[visitor.opened.id] = answer
    visitor.order()
    row = _wait_for_status(sandbox, visitor.opened.id, "sent")
    assert row["attempts"][0]["error"] == "No response within 5 s"
    assert 4900 <= row["attempts"][0]["durationMs"] < 6000
    assert row["attempts"][1]["httpStatus"] == 200


def test_first_of_several_secrets_signs() -> None:
    with (
        Receiver() as receiver,
        SandboxProcess(webhook_url=receiver.url, secret="whsec_new, whsec_old") as sandbox,
    ):
        visitor = Visitor(Api(sandbox).opened())
        visitor.order()
        (hook,) = receiver.wait_for(visitor.opened.id, 1)
    assert hook.is_signed_with("whsec_new")


def test_log_contains_no_token_secret_or_customer(
    sandbox: SandboxProcess, visitor: Visitor, receiver: Receiver
) -> None:
    visitor.pay()
    receiver.wait_for(visitor.opened.id, 2)
    visitor.look()
    visitor.http.get(f"{sandbox.url}/en/print/{'a' * 64}")
    log = sandbox.log
    assert "order.paid" in log
    for secret in (visitor.opened.token, sandbox.secret, sandbox.api_key, "jose@", "sha256="):
        assert secret not in log
