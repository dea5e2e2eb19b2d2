import uuid
from typing import Any

import httpx
import pytest

from tests.sandbox.receiver import Receiver
from tests.sandbox.visitor import Api, Visitor
from tests.sandbox_process import SandboxProcess

RESEND = "/partners/webhook-logs/resend"
OLDER_RESENDS = ["/webhooks/resend", "/partners/webhooks/resend"]


def _post(api: Api, path: str, body: Any = None) -> httpx.Response:
    return api.http.post(f"/api/v1{path}", json=body)


def _log(api: Api, session_id: str, event: str) -> dict[str, Any]:
    query = {"event_type": event, "limit": 100}
    logs = api.get("/partners/webhook-logs", params=query).json()["data"]["logs"]
    mine: dict[str, Any] = next(e for e in logs if e["partnershipHistoryId"] == session_id)
    return mine


@pytest.mark.parametrize("path", [RESEND, *OLDER_RESENDS])
@pytest.mark.parametrize("by", ["sessionId", "orderId"])
def test_resend_makes_a_new_log_and_sends_the_same_bytes(
    api: Api, visitor: Visitor, receiver: Receiver, path: str, by: str
) -> None:
    visitor.order()
    (first,) = receiver.wait_for(visitor.opened.id, 1)
    ids = {"sessionId": visitor.opened.id, "orderId": first.json["data"]["orderId"]}
    before = _log(api, visitor.opened.id, "order.created")
    response = _post(api, path, {by: ids[by], "eventType": "order.created"})
    assert response.status_code == 200
    data = response.json()["data"]
    assert data == {
        "webhookLogId": data["webhookLogId"],
        "eventType": "order.created",
        "status": "pending",
        "message": "Webhook queued for delivery",
    }
    assert data["webhookLogId"] != before["id"]
    assert receiver.wait_for(visitor.opened.id, 2)[1].body == first.body
    assert _log(api, visitor.opened.id, "order.created")["id"] == data["webhookLogId"]


def test_event_that_has_not_happened_cannot_be_resent(api: Api, visitor: Visitor) -> None:
    visitor.order()
    response = _post(api, RESEND, {"sessionId": visitor.opened.id, "eventType": "order.shipped"})
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["code"] == "VALIDATION_ERROR"
    assert error["message"] == "order.shipped has not happened for this order"


@pytest.mark.parametrize(
    "body",
    [
        {"eventType": "order.paid"},
        {"sessionId": "a", "orderId": "b", "eventType": "order.paid"},
        {"sessionId": "a", "eventType": "order.cancelled"},
        {"sessionId": "a"},
        {"orderId": 7, "eventType": "order.paid"},
    ],
)
def test_resend_of_nothing_in_particular_is_a_validation_error(api: Api, body: Any) -> None:
    response = _post(api, RESEND, body)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "VALIDATION_ERROR"


@pytest.mark.parametrize("name", ["sessionId", "orderId"])
@pytest.mark.parametrize("value", [str(uuid.uuid4()), "ord_abc123", ""])
def test_resend_for_an_unknown_order_is_not_found(api: Api, name: str, value: str) -> None:
    response = _post(api, RESEND, {name: value, "eventType": "order.paid"})
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "ORDER_NOT_FOUND"


@pytest.mark.parametrize("older", [False, True])
def test_retry_tries_the_same_log_again_now(receiver: Receiver, older: bool) -> None:
    with SandboxProcess(webhook_url=receiver.url) as sandbox:  # retries by itself in a minute
        api = Api(sandbox)
        visitor = Visitor(api.opened())
        answers = iter([500, 200])
        receiver.answers[visitor.opened.id] = lambda: next(answers)
        visitor.order()
        receiver.wait_for(visitor.opened.id, 1)
        log_id = _wait(api, visitor.opened.id, "retrying")["id"]
        response = _retry(api, log_id, older=older)
        assert response.status_code == 200
        assert response.json()["data"] == {
            "webhookLogId": log_id,
            "eventType": "order.created",
            "status": "pending",
            "message": "Webhook queued for retry",
        }
        first, second = receiver.wait_for(visitor.opened.id, 2)
        assert first.body == second.body
        assert _wait(api, visitor.opened.id, "sent")["attemptCount"] == 2
        again = _retry(api, log_id, older=older)
    assert again.status_code == 200
    assert again.json()["data"]["status"] == "sent"
    assert again.json()["data"]["message"] == "Webhook already successfully delivered"
    assert len(receiver.of(visitor.opened.id)) == 2


def _wait(api: Api, session_id: str, status: str) -> dict[str, Any]:
    for _ in range(200):  # the response is recorded a moment after the receiver gave it
        log = _log(api, session_id, "order.created")
        if log["status"] == status:
            return log
    raise AssertionError(log["status"])


def _retry(api: Api, log_id: str, *, older: bool) -> httpx.Response:
    if older:
        return _post(api, "/webhooks/retry", {"webhookLogId": log_id})
    return _post(api, f"/partners/webhook-logs/{log_id}/retry")


@pytest.mark.parametrize("older", [False, True])
def test_retry_of_an_unknown_log_is_not_found(api: Api, older: bool) -> None:
    response = _retry(api, str(uuid.uuid4()), older=older)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "WEBHOOK_NOT_FOUND"


@pytest.mark.parametrize("older", [False, True])
def test_retry_of_an_id_that_is_no_uuid_is_a_validation_error(api: Api, older: bool) -> None:
    response = _retry(api, "log-abc123", older=older)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "VALIDATION_ERROR"


def test_older_list_paths_answer_the_same(api: Api, visitor: Visitor) -> None:
    visitor.order()
    for older, newer in (
        ("/partners/partner_dreamcanvas/orders", "/partners/orders"),
        ("/webhooks/logs", "/partners/webhook-logs"),
    ):
        query = {"limit": 1, "offset": 1}  # the newest may be changing right now
        assert api.get(older, params=query).json() == api.get(newer, params=query).json()


def test_orders_of_another_partner_are_forbidden(api: Api) -> None:
    response = api.get("/partners/partner_elsewhere/orders")
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "FORBIDDEN"


def test_openapi_tells_todays_paths_from_older_ones(api: Api) -> None:
    paths = api.http.get("/api/openapi.json").json()["paths"]
    calls = [call for path in paths.values() for call in path.values()]
    assert len({call["operationId"] for call in calls}) == len(calls)
    older = {path for path, by in paths.items() for call in by.values() if call.get("deprecated")}
    assert older == {
        "/api/v1/partners/{partner_id}/orders",
        "/api/v1/webhooks/logs",
        "/api/v1/webhooks/resend",
        "/api/v1/partners/webhooks/resend",
        "/api/v1/webhooks/retry",
    }
    assert {f"/api/v1{RESEND}", "/api/v1/catalog/products"} <= set(paths)
