"""Over HTTP, with the sandbox as Printora: a delivery that fails is sent again, and is then new."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pytest_django.live_server_helper import LiveServer

from orders.models import Order
from printora_integration.models import WebhookEvent
from printora_integration.signals import order_event
from tests.helpers import SECRET, WEBHOOK
from tests.sandbox.visitor import Api, Visitor
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def api(live_server: LiveServer) -> Iterator[Api]:
    # One minute until the first retry becomes 30 ms.
    with SandboxProcess(
        webhook_url=f"{live_server.url}{WEBHOOK}", secret=SECRET, time_scale=2000
    ) as sandbox:
        yield Api(sandbox)


@pytest.fixture
def failures() -> Iterator[list[str]]:
    """Make the first delivery's receiver fail; return the events that failed so far."""
    failed: list[str] = []

    def fail_once(*, event: WebhookEvent, **_signal: Any) -> None:
        if not failed:
            failed.append(event.event)
            raise RuntimeError

    order_event.connect(fail_once)
    yield failed
    order_event.disconnect(fail_once)


def log_of(api: Api, number: int) -> dict[str, Any]:
    """Return the only log of an event, or the newest of several, once it has been sent."""
    for _attempt in range(200):
        logs = api.get("/partners/webhook-logs").json()["data"]["logs"]
        if len(logs) == number and {log["status"] for log in logs} == {"sent"}:
            newest: dict[str, Any] = logs[0]
            return newest
        time.sleep(0.05)
    raise AssertionError("the sandbox did not deliver it within 10 s")


def test_retry_after_a_failure_is_new_and_a_resend_is_a_duplicate(
    api: Api, failures: list[str]
) -> None:
    visitor = Visitor(api.opened())
    visitor.order()
    log = log_of(api, 1)
    assert failures == ["order.created"]
    assert log["attemptCount"] == 2
    assert log["responseData"] == {"received": True, "duplicate": False}
    order = Order.objects.get(session_id=visitor.opened.id)
    assert (order.status, order.flags) == (Order.Status.PENDING, [])

    response = api.http.post(
        "/api/v1/partners/webhook-logs/resend",
        json={"sessionId": visitor.opened.id, "eventType": "order.created"},
    )
    assert response.status_code == httpx.codes.OK
    assert log_of(api, 2)["responseData"] == {"received": True, "duplicate": True}
    event = WebhookEvent.objects.get()
    assert (event.delivery_count, event.changed_body) == (2, "")
