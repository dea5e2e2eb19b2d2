"""Count the orders of a month for the top of the desk: four figures, and a bar for each day.

Two queries, however many orders there are: one over the month's orders, by index, and one over the
queues. Their answer is kept for seconds: every reload would ask, and no decision waits that long.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.core.cache import cache
from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from .models import Order, Status
from .templatetags.money import money

DAYS = 30
CHART_DAYS = 14
KEPT_SECONDS = 10
_UNPAID = {Status.PENDING, Status.CANCELLED}


@dataclass(frozen=True)
class Figure:
    """Hold one number, its name, what it means exactly, and where its orders are listed."""

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
    counted: Month = cache.get_or_set("orders.month", _count, timeout=KEPT_SECONDS)
    return counted


def _count() -> Month:
    today = timezone.now().date()
    first = today - timedelta(days=DAYS - 1)
    rows = _rows_since(first)
    revenue: dict[str, Decimal] = {}
    days: Counter[date] = Counter()
    for day, status, currency, orders, amount in rows:
        days[day] += orders
        if status not in _UNPAID and amount is not None:
            revenue[currency] = revenue.get(currency, Decimal(0)) + amount
    chart = [today - timedelta(days=ago) for ago in reversed(range(CHART_DAYS))]
    return Month(_figures(days.total(), revenue), [Day(day, days[day]) for day in chart])


def _rows_since(day: date) -> list[tuple[date, str, str, int, Decimal | None]]:
    start = datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
    return list(
        Order.objects.order_by()
        .filter(first_seen_at__gte=start)
        .values_list(TruncDate("first_seen_at"), "status", "currency")
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
