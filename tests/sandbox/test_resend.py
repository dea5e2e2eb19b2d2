import uuid
from typing import Any

import httpx
import pytest

from tests.sandbox.receiver import Receiver
from tests.sandbox.visitor import Api, Visitor
from tests.sandbox_process import SandboxProcess

RESEND = "/partners/webhook-logs/resend"
LEGACY_RESENDS = ["/webhooks/resend", "/partners/webhooks/resend"]


def _post(api: Api, path: str, body: Any = None) -> httpx.Response:
    return api.http.post(f"/api/v1{path}", json=body)


def _log(api: Api, session_id: str, event: str) -> dict[str, Any]:
    query = {"event_type": event, "limit": 100}
    logs = api.get("/partners/webhook-logs", params=query).json()["data"]["logs"]
    mine: dict[str, Any] = next(e for e in logs if e["partnershipHistoryId"] == session_id)
    return mine


@pytest.mark.parametrize("path", [RESEND, *LEGACY_RESENDS])
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
def test_resend_without_one_order_and_event_is_a_validation_error(api: Api, body: Any) -> None:
    response = _post(api, RESEND, body)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "VALIDATION_ERROR"


@pytest.mark.parametrize("name", ["sessionId", "orderId"])
@pytest.mark.parametrize("value", [str(uuid.uuid4()), "ord_abc123", ""])
def test_resend_for_an_unknown_order_is_not_found(api: Api, name: str, value: str) -> None:
    response = _post(api, RESEND, {name: value, "eventType": "order.paid"})
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "ORDER_NOT_FOUND"


@pytest.mark.parametrize("legacy", [False, True])
def test_retry_sends_the_same_log_again_now(receiver: Receiver, legacy: bool) -> None:
    with SandboxProcess(webhook_url=receiver.url) as sandbox:  # its own retry is in a minute
        api = Api(sandbox)
        visitor = Visitor(api.opened())
        answers = iter([500, 200])
        receiver.answers[visitor.opened.id] = lambda: next(answers)
        visitor.order()
        receiver.wait_for(visitor.opened.id, 1)
        log_id = _wait(api, visitor.opened.id, "retrying")["id"]
        response = _retry(api, log_id, legacy=legacy)
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
        again = _retry(api, log_id, legacy=legacy)
    assert again.status_code == 200
    assert again.json()["data"]["status"] == "sent"
    assert again.json()["data"]["message"] == "Webhook already successfully delivered"
    assert len(receiver.of(visitor.opened.id)) == 2


def _wait(api: Api, session_id: str, status: str) -> dict[str, Any]:
    for _ in range(200):  # the sandbox records the response a moment after it arrives
        log = _log(api, session_id, "order.created")
        if log["status"] == status:
            return log
    raise AssertionError(log["status"])


def _retry(api: Api, log_id: str, *, legacy: bool) -> httpx.Response:
    if legacy:
        return _post(api, "/webhooks/retry", {"webhookLogId": log_id})
    return _post(api, f"/partners/webhook-logs/{log_id}/retry")


@pytest.mark.parametrize("legacy", [False, True])
def test_retry_of_an_unknown_log_is_not_found(api: Api, legacy: bool) -> None:
    response = _retry(api, str(uuid.uuid4()), legacy=legacy)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "WEBHOOK_NOT_FOUND"


@pytest.mark.parametrize("legacy", [False, True])
def test_retry_of_an_id_that_is_no_uuid_is_a_validation_error(api: Api, legacy: bool) -> None:
    response = _retry(api, "log-abc123", legacy=legacy)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "VALIDATION_ERROR"


def test_legacy_list_routes_return_the_same(api: Api, visitor: Visitor) -> None:
    visitor.order()
    for legacy, current in (
        ("/partners/partner_dreamcanvas/orders", "/partners/orders"),
        ("/webhooks/logs", "/partners/webhook-logs"),
    ):
        query = {"limit": 1, "offset": 1}  # the newest row may change in between
        assert api.get(legacy, params=query).json() == api.get(current, params=query).json()


def test_orders_of_another_partner_are_forbidden(api: Api) -> None:
    response = api.get("/partners/partner_elsewhere/orders")
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "FORBIDDEN"


def test_openapi_marks_legacy_routes_as_deprecated(api: Api) -> None:
    paths = api.http.get("/api/openapi.json").json()["paths"]
    calls = [call for path in paths.values() for call in path.values()]
    assert len({call["operationId"] for call in calls}) == len(calls)
    legacy = {path for path, by in paths.items() for call in by.values() if call.get("deprecated")}
    assert legacy == {
        "/api/v1/partners/{partner_id}/orders",
        "/api/v1/webhooks/logs",
        "/api/v1/webhooks/resend",
        "/api/v1/partners/webhooks/resend",
        "/api/v1/webhooks/retry",
    }
    assert {f"/api/v1{RESEND}", "/api/v1/catalog/products"} <= set(paths)
