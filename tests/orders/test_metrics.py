"""The metrics and the chart count orders by day and by status."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from orders.models import Order
from tests.orders.order_rows import DASHBOARD, NOON, make_orders

pytestmark = pytest.mark.django_db


def test_metrics_count_30_days_but_orders_in_progress_of_any_age(staff_client: Client) -> None:
    for number, (status, currency) in enumerate(
        [("paid", "USD"), ("shipped", "USD"), ("delivered", "EUR"), ("pending", "USD"),
         ("cancelled", "USD")]
    ):  # fmt: skip
        Order.objects.create(
            session_id=str(number),
            order_id=str(number),
            status=status,
            total_amount=10 + number,
            currency=currency,
        )
    old = Order.objects.create(
        session_id="old", order_id="old", status="paid", total_amount=99, currency="USD"
    )
    Order.objects.filter(pk=old.pk).update(first_seen_at=timezone.now() - timedelta(days=31))
    metrics = {
        metric.label: metric.value
        for metric in staff_client.get(DASHBOARD).context["month"].metrics
    }
    assert metrics == {
        "Orders": 5,
        "To ship": 2,
        "On the way": 1,
        "Revenue": "12.00 EUR + 21.00 USD",
    }


def test_metrics_are_counted_again_after_ten_seconds(staff_client: Client) -> None:
    def orders() -> int:
        return int(staff_client.get(DASHBOARD).context["month"].metrics[0].value)

    with time_machine.travel(NOON, tick=False) as clock:
        make_orders(1)
        assert orders() == 1
        Order.objects.create(session_id="sess_new", order_id="ord_new")
        clock.shift(timedelta(seconds=9))
        assert orders() == 1
        clock.shift(timedelta(seconds=2))
        assert orders() == 2


def test_chart_counts_each_of_14_days_and_says_so_in_a_table(staff_client: Client) -> None:
    make_orders(3)
    Order.objects.filter(order_id="ord_000").update(
        first_seen_at=timezone.now() - timedelta(days=13)
    )
    Order.objects.filter(order_id="ord_001").update(
        first_seen_at=timezone.now() - timedelta(days=14)
    )
    response = staff_client.get(DASHBOARD)
    days = response.context["month"].days
    assert [day.count for day in days] == [1, *[0] * 12, 1]
    heights = [bar.height for bar in response.context["bars"]]
    assert (heights[0], heights[1], heights[-1]) == (120, 0, 120)
    assert f"?since={days[0].date}&until={days[0].date}" in response.content.decode()
