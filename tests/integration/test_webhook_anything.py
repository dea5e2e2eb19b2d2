"""Whatever comes to the endpoint: no 5xx, and no row that should not be."""

from collections import Counter

import hypothesis
import pytest

from orders.models import Order
from printora_integration.models import RefusedDelivery, WebhookEvent
from tests.helpers import encoded, webhook
from tests.integration import wire_strategies as wire

# The site closes its connection after each request here, as it does behind a server.
pytestmark = pytest.mark.django_db(transaction=True)


def assert_rows_are_valid() -> None:
    for row in [*WebhookEvent.objects.all(), *Order.objects.all(), *RefusedDelivery.objects.all()]:
        row.full_clean(validate_unique=False)


def test_any_signed_body_is_taken_or_refused() -> None:
    statuses: Counter[int] = Counter()

    @hypothesis.settings(max_examples=wire.BODIES)
    @hypothesis.given(body=wire.bodies)
    def try_one(body: bytes) -> None:
        status = wire.answer(body)
        assert status in {200, 400}
        statuses[status] += 1

    try_one()
    assert_rows_are_valid()
    # Else the generator had missed its aim.
    assert min(statuses[200], statuses[400]) > wire.BODIES / 10
    assert WebhookEvent.objects.exclude(changed_body="").exists()
    assert RefusedDelivery.objects.count() <= RefusedDelivery.KEPT


def test_any_request_is_answered_below_500() -> None:
    body = encoded(webhook("order.paid"))
    statuses: Counter[int] = Counter()

    @hypothesis.settings(max_examples=wire.HEADERS)
    @hypothesis.given(changed=wire.headers, method=wire.methods, path=wire.paths)
    def try_one(changed: dict[str, str], method: str, path: str) -> None:
        status = wire.answer(body, method=method, path=path, **changed)
        assert status in {200, 400, 401, 405, 411, 413}
        statuses[status] += 1

    try_one()
    assert_rows_are_valid()
    assert {200, 401, 405, 413} <= statuses.keys()
    assert WebhookEvent.objects.count() <= 1
