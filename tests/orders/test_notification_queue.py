"""Each milestone of an order queues one mail."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from orders.models import Notification
from orders.notifications import enqueue, milestones, send_due
from printora_integration.schemas.webhooks import EventType
from printora_integration.webhooks.processing import process
from tests.helpers import deliver as post
from tests.orders.merging import parsed_payload
from tests.orders.notifications import later, process_events, states
from tests.orders.stories import FULL, payload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("story_date")]


Kind, State = Notification.Kind, Notification.State


def test_each_milestone_queues_one_mail_and_creation_none() -> None:
    process_events(*EventType)
    assert states() == dict.fromkeys(Kind.values, State.WAITING)


def test_duplicate_delivery_queues_no_second_mail(vendor: Client) -> None:
    for _time in range(3):
        assert post(vendor, payload(EventType.PAID, FULL[EventType.PAID])).status_code == 200
    assert states() == {"paid": State.WAITING}


def test_event_of_a_second_order_queues_no_mail() -> None:
    process_events(EventType.CREATED)
    parsed = parsed_payload(EventType.PAID, FULL[EventType.PAID] | {"orderId": "another"})
    process(parsed, body="{}")
    assert states() == {}


def test_enqueue_costs_one_insert_and_nothing_for_a_known_milestone(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    order = process_events(EventType.PAID)
    known = milestones(order)
    with django_assert_num_queries(0):
        enqueue(order, known=known)
    order.shipped_at = timezone.now()
    with CaptureQueriesContext(connection) as queries:
        enqueue(order, known=known)
    inserts = [query["sql"] for query in queries if "INSERT" in query["sql"]]
    assert len(inserts) == 1
    assert re.search("ON CONFLICT .*DO NOTHING", inserts[0])
    assert not [query for query in queries if "SELECT" in query["sql"]]


def test_failing_receiver_queues_no_mail(vendor: Client) -> None:
    from printora_integration.signals import order_event

    def fail(**_signal: Any) -> None:
        raise RuntimeError

    order_event.connect(fail)
    try:
        assert post(vendor, payload(EventType.PAID, FULL[EventType.PAID])).status_code == 500
    finally:
        order_event.disconnect(fail)
    assert states() == {}


def test_milestone_of_four_days_ago_queues_no_mail() -> None:
    with later(days=4):
        process_events(EventType.PAID)
        assert states() == {}


def test_milestone_of_two_days_ago_queues_a_mail() -> None:
    with later(days=1):  # it was paid for on the day before
        process_events(EventType.PAID)
        assert send_due() == 1
