"""Trials of the webhook endpoint with generated requests: no 5xx, and no row that is not valid.

The suite runs them on its test database, chaos as a command of the site on a database of its own.
"""

import json
from collections import Counter
from itertools import chain

import hypothesis

from orders.models import Order
from printora_integration.models import RefusedDelivery, WebhookEvent
from tests.helpers import encoded, webhook
from tests.integration import webhook_strategies as strategies

REPEATABLE = hypothesis.settings(derandomize=True, deadline=None, database=None)


def try_bodies() -> Counter[int]:
    """Send generated bodies, each correctly signed; return how often each status came back."""
    statuses: Counter[int] = Counter()

    @hypothesis.settings(REPEATABLE, max_examples=strategies.BODIES)
    @hypothesis.given(body=strategies.bodies)
    def try_one(body: bytes) -> None:
        status = strategies.send(body)
        assert status in {200, 400}
        statuses[status] += 1

    try_one()
    assert_rows_are_valid()
    # Else the generator would show nothing.
    assert min(statuses[200], statuses[400]) > strategies.BODIES / 10
    assert WebhookEvent.objects.exclude(changed_body="").exists()
    assert RefusedDelivery.objects.count() <= RefusedDelivery.MAX_ROWS
    return statuses


def try_headers() -> Counter[int]:
    """Send one webhook with generated headers and methods; return the same."""
    body = encoded(webhook("order.paid"))
    statuses: Counter[int] = Counter()

    @hypothesis.settings(REPEATABLE, max_examples=strategies.HEADERS)
    @hypothesis.given(changed=strategies.headers, method=strategies.methods, path=strategies.paths)
    def try_one(changed: dict[str, str], method: str, path: str) -> None:
        status = strategies.send(body, method=method, path=path, **changed)
        assert status in {200, 400, 401, 405, 411, 413}
        statuses[status] += 1

    try_one()
    assert_rows_are_valid()
    assert {200, 401, 405, 413} <= statuses.keys()
    return statuses


def assert_rows_are_valid() -> None:
    """Check every row by the rules of its model."""
    for row in chain(*(model.objects.all() for model in (WebhookEvent, Order, RefusedDelivery))):
        row.full_clean(validate_unique=False)


def main() -> None:
    """Try both, and print the counts as JSON."""
    tries = {"bodies": try_bodies(), "headers": try_headers()}
    print(json.dumps({name: dict(sorted(counts.items())) for name, counts in tries.items()}))  # noqa: T201
