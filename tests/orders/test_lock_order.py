"""Transactions lock rows in one order, so that none waits for another for ever."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orders.retention import forget
from tests.orders.customer_data import process_whole_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_folder")]


def test_forget_changes_events_then_sessions_then_orders_then_notifications(
    vendor: Client,
) -> None:
    process_whole_order(vendor, "sess_1")
    with CaptureQueriesContext(connection) as captured:
        forget("grace@example.com")
    changes = [query["sql"] for query in captured if query["sql"].startswith("UPDATE")]
    tables = list(dict.fromkeys(sql.split('"')[1] for sql in changes))
    assert [table for table in tables if "notification" not in table] == [
        "printora_integration_webhookevent",
        "printora_integration_printsession",
        "orders_order",
    ]
