"""The metrics at the top of the dashboard: four numbers, and the orders of each day.

They take two queries at most, by index: one over the month's orders, or over today's alone while
the past is cached, and one over the orders in progress. What changes is counted every ten seconds.
The past changes only by a late cancellation: it is counted every ten minutes.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import cast

from django.core.cache import cache
from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from orders.models import Order, Status
from orders.templatetags.money import money

DAYS = 30
CHART_DAYS = 14
CACHE_SECONDS = 10
PAST_CACHE_SECONDS = 600
Row = tuple[date, str, str, int, Decimal | None]  # day, status, currency, orders, their sum
_UNPAID = {Status.PENDING, Status.CANCELLED}


@dataclass(frozen=True)
class Metric:
    """One number, its name, its exact meaning, and the filter that lists its orders."""

    label: str
    value: int | str
    note: str
    query: str = ""


@dataclass(frozen=True)
class Day:
    """The number of orders that came in on one day, in UTC."""

    date: date
    count: int


@dataclass(frozen=True)
class Month:
    """The metrics of a month, and the orders of each day."""

    metrics: list[Metric]
    days: list[Day]


def monthly_metrics() -> Month:
    """Return the metrics of the month up to today, at most ten seconds old."""
    return cast("Month", cache.get_or_set("orders.month", _count, timeout=CACHE_SECONDS))


def _count() -> Month:
    today = timezone.now().date()
    first = today - timedelta(days=DAYS - 1)
    rows = _rows(first, today)
    revenue: dict[str, Decimal] = {}
    days: Counter[date] = Counter()
    for day, status, currency, orders, amount in rows:
        days[day] += orders
        if status not in _UNPAID and amount is not None:
            revenue[currency] = revenue.get(currency, Decimal(0)) + amount
    chart = [today - timedelta(days=ago) for ago in reversed(range(CHART_DAYS))]
    return Month(_metrics(days.total(), revenue), [Day(day, days[day]) for day in chart])


def _rows(first: date, today: date) -> list[Row]:
    key = f"orders.past.{today}"
    past: list[Row] | None = cache.get(key)
    if past is not None:
        return past + _rows_since(today)
    rows = _rows_since(first)
    cache.set(key, [row for row in rows if row[0] < today], timeout=PAST_CACHE_SECONDS)
    return rows


def _rows_since(day: date) -> list[Row]:
    start = datetime.combine(day, time.min, tzinfo=UTC)
    return list(
        Order.objects.order_by()
        .filter(first_seen_at__gte=start)
        .values_list(TruncDate("first_seen_at", tzinfo=UTC), "status", "currency")
        .annotate(Count("pk"), Sum("total_amount"))
    )


def _metrics(orders: int, revenue: dict[str, Decimal]) -> list[Metric]:
    queued = dict(
        Order.objects.order_by()
        .filter(status__in=[Status.PAID, Status.PROCESSING, Status.SHIPPED])
        .values_list("status")
        .annotate(Count("pk"))
    )
    to_ship = queued.get(Status.PAID, 0) + queued.get(Status.PROCESSING, 0)
    sums = [money(revenue[currency], currency) for currency in sorted(revenue)]
    return [
        Metric("Orders", orders, f"in {DAYS} days"),
        Metric("To ship", to_ship, "paid, at the printer’s", "?status=to_ship"),
        Metric(
            "On the way", queued.get(Status.SHIPPED, 0), "shipped, not delivered", "?status=shipped"
        ),
        Metric("Revenue", " + ".join(sums) or "0", f"of the orders in {DAYS} days"),
    ]
