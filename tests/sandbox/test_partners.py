"""Two partners: each has its own keys, and no access to the other's objects."""

import time

import pytest

from tests.sandbox.receiver import Receiver
from tests.sandbox.shop import RIVAL_KEY, Shop, error_of
from tests.sandbox.visitor import Visitor
from tests.sandbox_process import SandboxProcess

OURS = "dreamcanvas_sandbox"
PREFIXES = ("sk_test_", "sk_live_", "pk_test_", "pk_live_")


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("secret", [OURS, "rival_prints_sandbox"])
def test_key_works_in_test_and_live_mode_with_either_prefix(
    sandbox: SandboxProcess, prefix: str, secret: str
) -> None:
    assert Shop(sandbox, prefix + secret).get("/creators").status_code == 200


@pytest.mark.parametrize("key", [OURS, f"xk_test_{OURS}", f"sk_test_{OURS}x", "sk_test_"])
def test_keys_with_other_prefixes_are_refused(sandbox: SandboxProcess, key: str) -> None:
    headers = {"x-api-key": key, "Authorization": ""}
    response = Shop(sandbox).http.get("/api/v1/creators", headers=headers)
    error_of(response, 401, "INVALID_API_KEY")


def test_live_and_test_key_are_the_same_partner(sandbox: SandboxProcess, shop: Shop) -> None:
    creator = shop.creator()
    live = Shop(sandbox, f"pk_live_{OURS}")
    assert live.call("GET", f"/creators/{creator['id']}").status_code == 200


def test_session_of_another_partner_is_forbidden(shop: Shop, rival: Shop) -> None:
    opened = rival.opened()
    error_of(shop.get(f"/partner-session/{opened.id}"), 403, "FORBIDDEN")


def test_same_idempotency_key_creates_a_session_for_each_partner(shop: Shop, rival: Shop) -> None:
    key = f"shared-{time.monotonic_ns()}"
    first, second = shop.create(key), rival.create(key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["data"]["sessionId"] != second.json()["data"]["sessionId"]


def test_lists_have_only_the_partners_orders_and_logs(shop: Shop, rival: Shop) -> None:
    opened = shop.opened()
    Visitor(opened).order()
    own_orders = shop.get("/partners/orders").json()["data"]["orders"]
    assert opened.id in {order["partnershipHistoryId"] for order in own_orders}
    for path, name in (("/partners/orders", "orders"), ("/partners/webhook-logs", "logs")):
        others = rival.get(path, params={"limit": 100}).json()["data"][name]
        assert opened.id not in {row["partnershipHistoryId"] for row in others}


def test_order_of_another_partner_cannot_be_resent(shop: Shop, rival: Shop) -> None:
    opened = shop.opened()
    Visitor(opened).order()
    body = {"sessionId": opened.id, "eventType": "order.created"}
    response = rival.call("POST", "/partners/webhook-logs/resend", body)
    error_of(response, 404, "ORDER_NOT_FOUND")


def test_legacy_route_with_another_partners_id_is_forbidden(rival: Shop) -> None:
    assert rival.get("/partners/partner_rival_prints/orders").status_code == 200
    error_of(rival.get("/partners/partner_dreamcanvas/orders"), 403, "FORBIDDEN")


def test_partner_without_a_webhook_url_gets_no_webhooks(rival: Shop) -> None:
    opened = rival.opened()
    Visitor(opened).order()
    assert rival.status(opened) == "completed"
    assert rival.get("/partners/webhook-logs").json()["data"]["logs"] == []


def test_second_partner_gets_webhooks_signed_with_its_own_secret() -> None:
    with Receiver() as receiver:
        env = {"SANDBOX_RIVAL_WEBHOOK_URL": receiver.url}
        with SandboxProcess(env=env) as process:
            opened = Shop(process, RIVAL_KEY).opened()
            Visitor(opened).order()
            (webhook,) = receiver.wait_for(opened.id, 1)
    assert webhook.is_signed_with("whsec_rival_prints_sandbox")
