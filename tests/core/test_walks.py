"""The two walks that a reader takes through the code: a webhook's and a click's."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from printora_integration.client import get_client
from printora_integration.signals import order_event
from tests.helpers import SECRET, encoded, hand_signed, webhook
from tests.sandbox_process import SandboxProcess
from tools.walks import traced

pytestmark = pytest.mark.one_database

COPIED = ("printora_integration", "vendor_kit")


@pytest.fixture
def sandbox(settings: Any) -> Iterator[SandboxProcess]:
    with SandboxProcess() as process:
        settings.PRINTORA_API_URL = process.url
        settings.PRINTORA_API_KEY = process.api_key
        settings.PRINTORA_REDIRECT_HOSTS = [process.url]
        get_client.cache_clear()
        yield process
        get_client.cache_clear()


def deliver(client: Client, event: str) -> Any:
    body = encoded(webhook(event, {"totalAmount": 20.1, "status": "paid"}))
    headers = {"x-printora-signature": hand_signed(body, SECRET)}
    return client.post(
        "/webhooks/printora/", body, content_type="application/json", headers=headers
    )


@pytest.mark.django_db
def test_webhook_takes_a_short_walk(client: Client, settings: Any) -> None:
    settings.PRINTORA_WEBHOOK_SECRETS = [SECRET]
    deliver(client, "order.created")
    with traced((*COPIED, "orders")) as walk:
        assert deliver(client, "order.paid").json() == {"received": True, "duplicate": False}
    print(walk)
    before, behind = (
        [name for name in walk.files if name.startswith("orders/") is is_behind]
        for is_behind in (False, True)
    )
    assert order_event.receivers
    assert len(before) <= 9, before
    assert len(behind) <= 3, behind
    assert len(walk.hops) <= 15, walk
