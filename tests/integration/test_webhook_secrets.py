"""Secrets are rotated while webhooks come in, and no good delivery is refused."""

import logging
from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from printora_integration.models import WebhookEvent
from tests.helpers import at_once, deliver, encoded, hand_signed, webhook
from tests.integration.test_settings import read

NEW, OLD, RETIRED = "whsec_new", "whsec_old", "whsec_retired"


@pytest.fixture(autouse=True)
def rotation(settings: Settings) -> None:
    settings.PRINTORA_WEBHOOK_SECRETS = [NEW, OLD]


def status_of(secret: str, *, session: str = "sess_1") -> int:
    payload = webhook(session=session)
    client = Client(raise_request_exception=False)
    return deliver(client, payload, signature=hand_signed(encoded(payload), secret)).status_code


@pytest.mark.django_db
@pytest.mark.parametrize(("secret", "message"), [(NEW, "secret 1 of 2"), (OLD, "secret 2 of 2")])
def test_log_says_which_secret_matched(
    caplog: pytest.LogCaptureFixture, secret: str, message: str
) -> None:
    with caplog.at_level(logging.INFO, logger="printora_integration"):
        assert status_of(secret) == 200
    assert f"webhook new: order.created, {message}" in caplog.text
    assert secret not in caplog.text


@pytest.mark.django_db
def test_retired_secret_is_refused(settings: Settings) -> None:
    assert status_of(OLD) == 200
    settings.PRINTORA_WEBHOOK_SECRETS = [NEW]
    assert [status_of(OLD), status_of(RETIRED), status_of(NEW)] == [401, 401, 200]


@pytest.mark.django_db(transaction=True)
def test_rotation_under_load_refuses_no_delivery() -> None:
    def stream(secret: str, number: int) -> Callable[[], list[int]]:
        return lambda: [status_of(secret, session=f"sess_{number}_{i}") for i in range(10)]

    streams = [stream(secret, number) for number, secret in enumerate([NEW, OLD] * 4)]
    statuses = [status for some in at_once(*streams) for status in some]
    assert statuses == [200] * 80
    assert WebhookEvent.objects.count() == 80


@pytest.mark.one_database
@pytest.mark.parametrize("value", ["", "  ", ",", "whsec_", "whsec_dreamcanvas_sandbox"])
def test_production_does_not_start_without_a_secret(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^PRINTORA_WEBHOOK_SECRET is missing"):
        read(PRINTORA_WEBHOOK_SECRET=value)
