"""The middleware hands webhooks straight to the view; the responses are the same without it."""

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.helpers import WEBHOOK, deliver, webhook

pytestmark = pytest.mark.django_db

OURS = "printora_integration.webhooks.middleware.WebhookMiddleware"
OTHERS = [name for name in settings.MIDDLEWARE if name != OURS]


def responses() -> list[tuple[int, bytes]]:
    vendor = Client(enforce_csrf_checks=True)
    received = [
        deliver(vendor, webhook("order.paid")),
        deliver(vendor, webhook("order.paid")),
        vendor.post(WEBHOOK, b"{}", content_type="application/json"),
        vendor.post(WEBHOOK.rstrip("/"), b"{}", content_type="application/json"),
        vendor.get(WEBHOOK),
    ]
    return [(response.status_code, response.content) for response in received]


def test_responses_are_the_same_without_the_middleware() -> None:
    assert OURS in settings.MIDDLEWARE
    ours = responses()
    assert [status for status, _body in ours[2:]] == [401, 401, 405]
    with override_settings(MIDDLEWARE=OTHERS):
        others = responses()
    assert ours[1:] == others[1:]  # the first was new, and now is a duplicate


def test_response_has_the_usual_headers_and_no_cookie() -> None:
    response = Client().get(WEBHOOK)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Content-Length"] == str(len(response.content))
    assert not response.cookies


def test_request_for_another_host_is_refused() -> None:
    response = Client().get(WEBHOOK, headers={"host": "elsewhere.example.com"})
    assert response.status_code == 400


def test_address_below_is_not_taken_for_the_endpoint() -> None:
    assert Client().post(f"{WEBHOOK}more/").status_code == 404
