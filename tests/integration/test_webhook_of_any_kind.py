"""Generated requests to the endpoint: no 5xx, and no row that is not valid."""

import pytest

from printora_integration.models import WebhookEvent
from tests.integration.webhook_trials import try_bodies, try_headers

# The site closes its connection after each request here, as it does behind a server.
pytestmark = pytest.mark.django_db(transaction=True)


def test_any_signed_body_is_accepted_or_refused() -> None:
    try_bodies()


def test_any_request_is_answered_below_500() -> None:
    try_headers()
    assert WebhookEvent.objects.count() <= 1
