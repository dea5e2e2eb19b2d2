"""Printora's log of webhooks: read it, and request some webhooks again."""

from typing import Any

import httpx
import pytest

from printora_integration import exceptions as errors
from printora_integration.schemas.webhooks import EventType
from tests.integration.printora import Printora, client_for, refuse_all

LOG = {
    "id": "w1",
    "eventType": "order.paid",
    "status": "failed",
    "httpStatusCode": 500,
    "attemptCount": 5,
    "lastAttemptAt": "2026-02-27T01:02:03Z",
    "nextRetryAt": None,
    "responseData": {"error": "Processing failed"},
    "errorMessage": "HTTP 500",
    "orderId": "o1",
    "partnershipHistoryId": "s1",
    "createdAt": "2026-02-27T01:02:03Z",
}
QUEUED = {"data": {"webhookLogId": "w2", "eventType": "order.paid", "status": "pending"}}


def test_page_of_logs_is_typed() -> None:
    printora = Printora({"data": {"logs": [LOG], "pagination": {"total": 1}}})
    page = client_for(printora).webhook_logs.list(status="failed", event_type=EventType.PAID)
    assert printora.calls == [
        "GET /partners/webhook-logs?limit=20&offset=0&status=failed&event_type=order.paid"
    ]
    [log] = page.logs
    assert (log.event_type, log.status, log.http_status_code) == ("order.paid", "failed", 500)
    assert (log.attempt_count, log.next_retry_at, log.session_id) == (5, None, "s1")
    assert log.response_data == {"error": "Processing failed"}


@pytest.mark.parametrize("argument", ["status", "event_type"])
def test_unknown_filter_is_refused_before_the_call(argument: str) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{argument} must be one of"):
        client_for(refuse_all).webhook_logs.list(**{argument: "lost"})  # type: ignore[arg-type]


def test_walk_sends_its_filter_with_every_page() -> None:
    rows = [{"id": f"w{number}"} for number in range(150)]

    def handle(request: httpx.Request) -> httpx.Response:
        assert request.url.params["status"] == "failed"
        offset = int(request.url.params["offset"])
        page = {"logs": rows[offset : offset + 100], "pagination": {"total": 150, "offset": offset}}
        return httpx.Response(200, json={"data": page})

    logs = list(client_for(handle).webhook_logs.iterate(status="failed"))
    assert [log.id for log in logs] == [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("arguments", "field"), [({"session_id": "s1"}, "sessionId"), ({"order_id": "o1"}, "orderId")]
)
def test_resend_makes_a_new_log(arguments: dict[str, Any], field: str) -> None:
    printora = Printora(QUEUED)
    again = client_for(printora).webhook_logs.resend(event_type="order.paid", **arguments)
    assert printora.calls == ["POST /partners/webhook-logs/resend"]
    [value] = arguments.values()
    assert printora.bodies == [{field: value, "eventType": "order.paid"}]
    assert (again.webhook_log_id, again.status) == ("w2", "pending")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "exactly one of session_id, order_id, not none"),
        ({"session_id": "s1", "order_id": "o1"}, "not session_id and order_id"),
        ({"session_id": ""}, "^session_id"),
        ({"order_id": "o" * 129}, "^order_id"),
        ({"order_id": "o1", "event_type": "order.cancelled"}, "^event_type .* cannot be resent"),
        ({"order_id": "o1", "event_type": "order.lost"}, "^event_type must be one of"),
    ],
)
def test_resend_that_cannot_be_right_is_refused_before_the_call(
    arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        client_for(refuse_all).webhook_logs.resend(**({"event_type": "order.paid"} | arguments))


def test_retry_of_a_webhook_that_arrived_says_so() -> None:
    printora = Printora({"data": {"webhook_log_id": "w1", "status": "sent"}})
    assert client_for(printora).webhook_logs.retry("w1").status == "sent"
    assert printora.calls == ["POST /partners/webhook-logs/w1/retry"]


def test_retry_of_an_unknown_log_is_not_found() -> None:
    printora = Printora({"success": False, "error": {"code": "WEBHOOK_NOT_FOUND"}}, status=404)
    with pytest.raises(errors.NotFoundError) as refusal:
        client_for(printora).webhook_logs.retry("w1")
    assert refusal.value.code == "WEBHOOK_NOT_FOUND"


# --- A POST without an idempotency key must not be carried out twice ------------------------------


@pytest.mark.parametrize("failure", [httpx.ReadTimeout, httpx.ReadError, 502, 503, 504])
def test_resend_that_may_have_been_carried_out_is_not_repeated(failure: Any) -> None:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if isinstance(failure, int):
            return httpx.Response(failure)
        raise failure("lost", request=request)

    with pytest.raises((errors.TransportError, errors.ServerError)):
        client_for(handle).webhook_logs.resend(event_type="order.paid", order_id="o1")
    assert len(seen) == 1


@pytest.mark.parametrize("failure", [httpx.ConnectError, httpx.ConnectTimeout, 429])
def test_resend_that_was_not_carried_out_is_repeated(failure: Any) -> None:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if len(seen) > 1:
            return httpx.Response(200, json=QUEUED)
        if isinstance(failure, int):
            return httpx.Response(failure)
        raise failure("refused", request=request)

    client_for(handle).webhook_logs.resend(event_type="order.paid", order_id="o1")
    assert len(seen) == 2
