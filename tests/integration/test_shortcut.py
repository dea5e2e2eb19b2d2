"""Webhooks pass the middleware of pages by, and nobody can tell from the responses."""

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.helpers import WEBHOOK, deliver, webhook

pytestmark = pytest.mark.django_db

SHORTCUT = "printora_integration.shortcut.WebhookMiddleware"
THE_LONG_WAY = [name for name in settings.MIDDLEWARE if name != SHORTCUT]


def answers() -> list[tuple[int, bytes]]:
    vendor = Client(enforce_csrf_checks=True)
    responses = [
        deliver(vendor, webhook("order.paid")),
        deliver(vendor, webhook("order.paid")),
        vendor.post(WEBHOOK, b"{}", content_type="application/json"),
        vendor.post(WEBHOOK.rstrip("/"), b"{}", content_type="application/json"),
        vendor.get(WEBHOOK),
    ]
    return [(response.status_code, response.content) for response in responses]


def test_responses_are_those_of_the_long_way() -> None:
    short = answers()
    assert [status for status, _body in short[2:]] == [401, 401, 405]
    with override_settings(MIDDLEWARE=THE_LONG_WAY):
        long = answers()
    assert short[1:] == long[1:]  # the first was new, and now is a duplicate


def test_response_has_the_headers_of_every_response_and_no_cookie() -> None:
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
