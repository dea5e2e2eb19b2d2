"""A row is inserted once, and the one who inserts it knows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from printora_integration.models import WebhookEvent
from vendor_kit.inserts import insert_or_ignore

pytestmark = pytest.mark.django_db


def event(body: str = "{}") -> WebhookEvent:
    return WebhookEvent(session_id="s1", event="order.paid", occurred_at=timezone.now(), body=body)


def test_new_row_is_what_save_would_have_made() -> None:
    row = event()
    assert insert_or_ignore(row, unique=("session_id", "event")) is True
    saved = WebhookEvent.objects.get()
    assert saved == row
    assert (saved.delivery_count, saved.source, saved.changed_body) == (1, "webhook", "")
    assert saved.received_at == row.received_at


def test_inserted_row_can_be_saved_again() -> None:
    row = event()
    insert_or_ignore(row, unique=("session_id", "event"))
    row.body = "[]"
    row.save()
    assert WebhookEvent.objects.get().body == "[]"


def test_row_that_is_there_stays_and_the_transaction_goes_on() -> None:
    insert_or_ignore(event(), unique=("session_id", "event"))
    late = event(body="[]")
    assert insert_or_ignore(late, unique=("session_id", "event")) is False
    assert late.pk is None
    assert WebhookEvent.objects.get().body == "{}"


def test_insert_is_one_statement(django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(1):
        insert_or_ignore(event(), unique=("session_id", "event"))
    with django_assert_num_queries(1):
        insert_or_ignore(event(), unique=("session_id", "event"))
