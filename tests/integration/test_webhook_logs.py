"""The log says what happened, and shows nothing private."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from printora_integration.signals import order_event
from tests.helpers import SECRET, SESSION, deliver, encoded, hand_signed, webhook

pytestmark = pytest.mark.django_db

PAYLOAD = webhook(
    "order.paid",
    {
        "orderNumber": "PR-4711",
        "customer": {"email": "grace@example.com", "lastName": "Hopper", "phone": "+15550100"},
        "shippingAddress": {"street": "1 Compiler Way"},
    },
)
SIGNATURE = hand_signed(encoded(PAYLOAD))
WRONG = "sha256=" + "ab" * 32
PRIVATE = ["grace@example.com", "Hopper", "+15550100", "Compiler", "PR-4711", SESSION, SECRET]


@pytest.fixture
def failing_receiver() -> Iterator[None]:
    def fail(**signal: Any) -> None:
        raise RuntimeError(f"could not store {signal['event'].body}")

    order_event.connect(fail)
    yield
    order_event.disconnect(fail)


def assert_nothing_private(caplog: pytest.LogCaptureFixture) -> None:
    assert caplog.text, "a silent log proves nothing"
    # The digits, not the whole header: half a signature is too much as well.
    secrets = [*PRIVATE, SIGNATURE.removeprefix("sha256="), WRONG.removeprefix("sha256=")]
    assert [secret for secret in secrets if secret in caplog.text] == []


def test_accepted_webhook_leaves_nothing_private_in_the_log(
    vendor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="printora_integration"):
        deliver(vendor, PAYLOAD)
    assert "webhook new: order.paid" in caplog.text
    assert_nothing_private(caplog)


def test_rejected_signature_leaves_nothing_private_in_the_log(
    vendor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        deliver(vendor, PAYLOAD, signature=WRONG)
    assert "webhook refused: 401" in caplog.text
    assert_nothing_private(caplog)


def test_rejected_payload_leaves_nothing_private_in_the_log(
    vendor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        deliver(vendor, PAYLOAD | {"timestamp": "grace@example.com"})
    assert "webhook refused: 400" in caplog.text
    assert_nothing_private(caplog)


@pytest.mark.usefixtures("failing_receiver")
def test_failure_leaves_nothing_private_in_the_log(
    vendor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert deliver(vendor, PAYLOAD).status_code == 500
    assert re.search(r"webhook not processed: RuntimeError at \S+\.py:\d+ fail\n", caplog.text)
    assert_nothing_private(caplog)


def test_unknown_event_cannot_forge_a_line_of_the_log(
    vendor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="printora_integration"):
        deliver(vendor, webhook("order.paid INFO forged"))
    assert "forged" not in caplog.text
