"""Count the orders of a month for the top of the desk: four figures, and a bar for each day.

Two queries at most, by index: one over the month's orders, or over today's alone while the past is
remembered, and one over the queues. What changes is counted anew every ten seconds: no decision
waits that long. The past changes by a late cancellation only: it is counted every ten minutes.
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

from .models import Order, Status
from .templatetags.money import money

DAYS = 30
CHART_DAYS = 14
KEPT_SECONDS = 10
PAST_KEPT_SECONDS = 600
Row = tuple[date, str, str, int, Decimal | None]  # day, status, currency, orders, their sum
_UNPAID = {Status.PENDING, Status.CANCELLED}


@dataclass(frozen=True)
class Figure:
    """Hold one number, its name, what it means exactly, and where its orders are split_list."""

    label: str
    value: int | str
    note: str
    query: str = ""


@dataclass(frozen=True)
class Day:
    """Hold how many orders came in on one day, in UTC."""

    date: date
    count: int


@dataclass(frozen=True)
class Month:
    """Hold what stands at the top of the desk."""

    figures: list[Figure]
    days: list[Day]


def month() -> Month:
    """Return the month up to today, at most ten seconds old."""
    return cast("Month", cache.get_or_set("orders.month", _count, timeout=KEPT_SECONDS))


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
    return Month(_figures(days.total(), revenue), [Day(day, days[day]) for day in chart])


def _rows(first: date, today: date) -> list[Row]:
    key = f"orders.past.{today}"
    past: list[Row] | None = cache.get(key)
    if past is not None:
        return past + _rows_since(today)
    rows = _rows_since(first)
    cache.set(key, [row for row in rows if row[0] < today], timeout=PAST_KEPT_SECONDS)
    return rows


def _rows_since(day: date) -> list[Row]:
    start = datetime.combine(day, time.min, tzinfo=UTC)
    return list(
        Order.objects.order_by()
        .filter(first_seen_at__gte=start)
        .values_list(TruncDate("first_seen_at", tzinfo=UTC), "status", "currency")
        .annotate(Count("pk"), Sum("total_amount"))
    )


def _figures(orders: int, revenue: dict[str, Decimal]) -> list[Figure]:
    queued = dict(
        Order.objects.order_by()
        .filter(status__in=[Status.PAID, Status.PROCESSING, Status.SHIPPED])
        .values_list("status")
        .annotate(Count("pk"))
    )
    to_ship = queued.get(Status.PAID, 0) + queued.get(Status.PROCESSING, 0)
    sums = [money(revenue[currency], currency) for currency in sorted(revenue)]
    return [
        Figure("Orders", orders, f"in {DAYS} days"),
        Figure("To ship", to_ship, "paid, at the printer’s", "?status=to_ship"),
        Figure(
            "On the way", queued.get(Status.SHIPPED, 0), "shipped, not delivered", "?status=shipped"
        ),
        Figure("Revenue", " + ".join(sums) or "0", f"of the orders in {DAYS} days"),
    ]
