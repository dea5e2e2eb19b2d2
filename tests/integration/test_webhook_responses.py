"""The exact responses of our endpoint to Printora; a refusal stores no event and no order."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from orders.models import Order
from printora_integration.models import WebhookEvent
from printora_integration.webhooks.views import MAX_BODY, receive
from tests.helpers import WEBHOOK, deliver, encoded, hand_signed, webhook

pytestmark = pytest.mark.django_db

UNSIGNED = {"error": "Invalid webhook signature"}
INVALID = {"error": "Invalid webhook payload"}
MISSING = {"error": "Invalid webhook payload: missing required fields"}
NOT_POST = {"error": "Method not allowed"}
NO_LENGTH = {"error": "Length required"}
TOO_LARGE = {"error": "Payload too large"}


def assert_nothing_stored() -> None:
    assert (WebhookEvent.objects.count(), Order.objects.count()) == (0, 0)


def body_of_size(size: int) -> bytes:
    """Return a good webhook of exactly so many bytes."""
    body = encoded(webhook())
    return body[:-1] + b" " * (size - len(body)) + b"}"


@pytest.mark.parametrize("path", ["/webhooks/printora/", "/webhooks/printora"])
def test_new_event_is_received(vendor: Client, path: str) -> None:
    response = deliver(vendor, webhook(), path=path)
    assert response.status_code == 200
    assert response.content == b'{"received": true, "duplicate": false}'
    assert response["Content-Type"] == "application/json"
    assert WebhookEvent.objects.count() == 1


def test_same_event_again_is_a_duplicate(vendor: Client) -> None:
    deliver(vendor, webhook())
    response = deliver(vendor, webhook())
    assert response.status_code == 200
    assert response.content == b'{"received": true, "duplicate": true}'


def test_event_without_an_order_is_received_too(vendor: Client) -> None:
    response = deliver(vendor, webhook("order.refunded") | {"data": {"reason": "torn"}})
    assert (response.status_code, response.json()) == (200, {"received": True, "duplicate": False})


@pytest.mark.parametrize(
    "signature",
    ["", "sha256=", "sha256=" + "0" * 64, "sha256=" + "é" * 64, "sha256=\x00", "Bearer x"],
)
def test_malformed_or_wrong_signature_is_rejected(vendor: Client, signature: str) -> None:
    response = deliver(vendor, webhook(), signature=signature)
    assert (response.status_code, response.json()) == (401, UNSIGNED)
    assert_nothing_stored()


def test_missing_signature_is_rejected(vendor: Client) -> None:
    response = vendor.post(WEBHOOK, webhook(), content_type="application/json")
    assert (response.status_code, response.json()) == (401, UNSIGNED)
    assert_nothing_stored()


def test_webhook_with_wrong_secret_is_rejected(vendor: Client) -> None:
    wrong = hand_signed(encoded(webhook()), "whsec_another")
    response = deliver(vendor, webhook(), signature=wrong)
    assert (response.status_code, response.json()) == (401, UNSIGNED)
    assert_nothing_stored()


def test_signature_is_checked_before_the_payload(vendor: Client) -> None:
    assert deliver(vendor, b"{", signature="sha256=" + "0" * 64).status_code == 401


@pytest.mark.parametrize(
    "payload",
    [
        b"{",
        b"null",
        b"\xff",
        b"[" * 100_000,
        [webhook()],
        webhook() | {"timestamp": 1772154153},
        webhook() | {"data": []},
        webhook("order.paid", {"totalAmount": True}),
        webhook("order.paid", {"totalAmount": -1}),
        webhook("order.paid", {"totalAmount": 1e10}),
    ],
)
def test_invalid_payload_is_rejected(vendor: Client, payload: object) -> None:
    response = deliver(vendor, payload)
    assert (response.status_code, response.json()) == (400, INVALID)
    assert_nothing_stored()


def test_empty_body_is_rejected(vendor: Client) -> None:
    response = deliver(vendor, b"", CONTENT_LENGTH="0")
    assert (response.status_code, response.json()) == (400, INVALID)
    assert_nothing_stored()


@pytest.mark.parametrize("value", [None, ""])
@pytest.mark.parametrize("field", ["sessionId", "event", "timestamp", "data"])
def test_payload_with_a_missing_field_says_so(vendor: Client, field: str, value: object) -> None:
    response = deliver(vendor, webhook() | {field: value})
    assert (response.status_code, response.json()) == (400, MISSING)
    assert_nothing_stored()


@pytest.mark.parametrize("path", ["/webhooks/printora/", "/webhooks/printora"])
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
def test_method_other_than_post_is_not_allowed(vendor: Client, method: str, path: str) -> None:
    body = encoded(webhook())
    headers = {"x-printora-signature": hand_signed(body)}
    response = vendor.generic(method, path, body, "application/json", headers=headers)
    assert (response.status_code, response.json(), response["Allow"]) == (405, NOT_POST, "POST")
    assert_nothing_stored()


def test_head_is_not_allowed_either(vendor: Client) -> None:
    response = vendor.head(WEBHOOK)
    assert (response.status_code, response["Allow"]) == (405, "POST")


@pytest.mark.parametrize("length", [None, ""], ids=["chunked", "empty"])
def test_body_of_unannounced_length_is_rejected(rf: RequestFactory, length: str | None) -> None:
    request = _signed_request(rf, CONTENT_LENGTH=length)
    response = receive(request)
    assert (response.status_code, response.content) == (411, b'{"error": "Length required"}')
    assert_nothing_stored()


@pytest.mark.parametrize("length", [str(MAX_BODY + 1), "9" * 30, "9" * 5000, "-1", "ten"])
def test_announced_length_that_is_too_large_or_absurd_is_rejected(
    rf: RequestFactory, length: str
) -> None:
    response = receive(_signed_request(rf, CONTENT_LENGTH=length))
    assert (response.status_code, response.content) == (413, b'{"error": "Payload too large"}')
    assert_nothing_stored()


def test_body_over_1_mib_is_rejected(vendor: Client) -> None:
    response = deliver(vendor, body_of_size(MAX_BODY + 1))
    assert (response.status_code, response.json()) == (413, TOO_LARGE)
    assert_nothing_stored()


def test_body_of_1_mib_is_received(vendor: Client) -> None:
    assert deliver(vendor, body_of_size(MAX_BODY)).status_code == 200


@pytest.mark.parametrize("content_type", ["", "text/plain", "multipart/form-data; boundary=x"])
def test_content_type_does_not_matter(vendor: Client, content_type: str) -> None:
    body = encoded(webhook())
    headers = {"x-printora-signature": hand_signed(body)}
    response = vendor.generic("POST", WEBHOOK, body, content_type, headers=headers)
    assert response.status_code == 200


@pytest.mark.parametrize("position", [0, 1])
def test_each_secret_of_a_rotation_is_accepted(
    vendor: Client, settings: Settings, position: int
) -> None:
    settings.PRINTORA_WEBHOOK_SECRETS = ["whsec_new", "whsec_old"]
    secret = settings.PRINTORA_WEBHOOK_SECRETS[position]
    signature = hand_signed(encoded(webhook()), secret)
    assert deliver(vendor, webhook(), signature=signature).status_code == 200


def _signed_request(rf: RequestFactory, **environ: str | None) -> Any:
    """Return a good request, but for these WSGI variables; None takes one away."""
    body = encoded(webhook())
    request = rf.post(
        WEBHOOK,
        body,
        content_type="application/json",
        headers={"x-printora-signature": hand_signed(body)},
    )
    for name, value in environ.items():
        request.META.pop(name)
        if value is not None:
            request.META[name] = value
    return request


def test_secrets_written_as_one_text_are_read_as_a_list(vendor: Client, settings: Settings) -> None:
    settings.PRINTORA_WEBHOOK_SECRETS = "whsec_new, whsec_old"
    good, bad = (hand_signed(encoded(webhook()), key) for key in ("whsec_old", "w"))
    assert deliver(vendor, webhook(), signature=good).status_code == 200
    assert deliver(vendor, webhook(), signature=bad).status_code == 401
