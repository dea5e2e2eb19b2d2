"""`manage.py printora trigger`: sample events that our own endpoint accepts as real ones."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from orders.models import Order
from printora_integration.cli.samples import sample_order_id, sample_webhook
from printora_integration.models import WebhookEvent
from printora_integration.payloads import parse_payload
from printora_integration.schemas.webhooks import EventType
from tests.helpers import ORDER, SECRET, SESSION, encoded, webhook
from tests.sandbox.receiver import Receiver


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> str:
    """Return our own address, where a real server answers."""
    settings.PRINTORA_SITE_URL = live_server.url
    return live_server.url


def trigger(*arguments: str) -> str:
    out = StringIO()
    call_command("printora", "trigger", *arguments, stdout=out)
    return out.getvalue()


def test_event_goes_to_our_endpoint_over_http_and_is_new(site: str) -> None:
    first, second = trigger("order.paid").splitlines()
    event = WebhookEvent.objects.get()
    assert first == f"order.paid of session {event.session_id} is new."
    assert second == (
        f'{site}/webhooks/printora/ answered 200 {{"received": true, "duplicate": false}}'
    )


def test_event_of_the_same_session_again_is_a_duplicate(site: str) -> None:
    trigger("order.paid", "--session", "s1")
    assert trigger("order.paid", "--session", "s1").startswith(
        "order.paid of session s1 is a duplicate."
    )


def test_json_has_the_session_and_the_response(site: str) -> None:
    result: dict[str, Any] = json.loads(trigger("order.paid", "--json"))
    assert result["sessionId"] == WebhookEvent.objects.get().session_id
    assert (result["status"], result["response"]) == (200, {"received": True, "duplicate": False})


def test_four_events_of_one_session_make_one_delivered_order(site: str) -> None:
    for event in ("order.created", "order.paid", "order.shipped", "order.delivered"):
        trigger(event, "--session", "s1")
    order = Order.objects.get()
    assert (order.session_id, order.status) == ("s1", "delivered")
    assert str(order.total_amount) == "25.3000"
    trigger("order.cancelled", "--session", "s2")
    assert Order.objects.get(session_id="s2").status == "cancelled"


def test_session_with_an_order_gets_events_of_that_order(site: str) -> None:
    body = encoded(webhook("order.created"))
    payload = parse_payload(body)
    WebhookEvent.objects.create(
        session_id=SESSION,
        event="order.created",
        occurred_at=payload.timestamp,
        body=body.decode(),
    )
    trigger("order.paid", "--session", SESSION.upper())
    paid = WebhookEvent.objects.get(event="order.paid")
    assert json.loads(paid.body)["data"]["orderId"] == ORDER


@pytest.mark.parametrize("event", list(EventType))
def test_sample_webhook_can_be_parsed(event: EventType) -> None:
    body = sample_webhook(event, session_id="s1", order_id=sample_order_id("s1"))
    payload = parse_payload(body)
    assert (payload.session_id, payload.event_type) == ("s1", event)
    assert payload.data is not None
    assert payload.data.order_id == sample_order_id("s1")


def test_sample_payment_reveals_careless_signing() -> None:
    body = sample_webhook(EventType.PAID, session_id="s1", order_id="o1")
    assert "José".encode() in body
    assert b'"price":20.10,' in body
    assert b'"totalAmount":25.30,' in body


# --- What goes wrong ------------------------------------------------------------------------------


def test_endpoint_that_refuses_is_a_failure_with_its_reason(site: str) -> None:
    with pytest.raises(CommandError) as failure:
        trigger("order.paid", "--session", "s1", "--url", f"{site}/accounts/login/")
    assert failure.value.returncode == 1
    assert "/accounts/login/ answered 403" in str(failure.value)


def test_endpoint_elsewhere_gets_a_signed_webhook(db: None) -> None:
    with Receiver() as receiver:
        receiver.answers["s1"] = lambda: 401
        with pytest.raises(CommandError, match="answered 401"):
            trigger("order.paid", "--session", "s1", "--url", receiver.url)
        [sent] = receiver.of("s1")
    assert sent.is_signed_with(SECRET)
    assert sent.headers["user-agent"] == "Printora-Webhook/1.0"


def test_address_where_nothing_listens_is_an_error(db: None) -> None:
    with pytest.raises(CommandError, match="Nothing listens at the webhook's address"):
        trigger("order.paid", "--url", "http://127.0.0.1:1/webhooks/printora/")


@pytest.mark.parametrize("arguments", [("--url", "/webhooks/"), ("--session", "a\nb")])
def test_argument_that_cannot_be_right_is_named(db: None, arguments: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match=arguments[0]) as failure:
        trigger("order.paid", *arguments)
    assert failure.value.returncode == 2


def test_sample_order_is_refused_with_a_live_key_unless_forced(
    site: str, settings: Settings
) -> None:
    settings.PRINTORA_API_KEY = "sk_live_1234"
    with pytest.raises(CommandError, match="--force"):
        trigger("order.paid")
    assert not WebhookEvent.objects.exists()
    trigger("order.paid", "--force")
    assert WebhookEvent.objects.count() == 1
