"""Count how many print sessions became orders, and how many of those were paid, in a period."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.core.cache import cache
from django.db.models import Case, Count, Max, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from printora_integration.models import PrintSession

from .models import Order

DAYS = 30
MOST = 20  # artworks
KEPT_SECONDS = 300


@dataclass(frozen=True)
class Funnel:
    """Hold how far the sessions of one kind came."""

    name: str
    asked: int
    visited: int
    ordered: int
    paid: int

    @property
    def steps(self) -> list[tuple[str, int, float]]:
        """Return each step's name, how many came so far, and their share of the first, in %."""
        named = [
            ("Asked for", self.asked),
            ("Known to have visited", self.visited),
            ("Ordered", self.ordered),
            ("Paid", self.paid),
        ]
        return [(name, count, self._share(count)) for name, count in named]

    @property
    def rate(self) -> float:
        """Return how many of those who asked have paid, in %."""
        return self._share(self.paid)

    def _share(self, count: int) -> float:
        return 100 * count / self.asked if self.asked else 0.0


@dataclass(frozen=True)
class Conversion:
    """Hold the period's funnels: all sessions, each flow, and the artworks asked for most."""

    whole: Funnel
    flows: list[Funnel]
    artworks: list[Funnel]


def conversion() -> Conversion:
    """Return the last 30 days' conversion, at most five minutes old."""
    counted = cache.get_or_set("orders.conversion", _count, timeout=KEPT_SECONDS)
    return cast("Conversion", counted)


def _count() -> Conversion:
    start = timezone.now() - timedelta(days=DAYS)
    recent = PrintSession.objects.order_by().filter(created_at__gte=start)
    flows = _funnels(recent, "mode", start, name=_FLOW)
    artworks = _funnels(recent, "reference", start, name=Max("title"))
    return Conversion(whole=_sum(flows), flows=flows, artworks=artworks)


_FLOW = Case(*(When(mode=mode, then=Value(mode.label)) for mode in PrintSession.Mode))
_WAS_VISITED = Q(visited_at__isnull=False) | Q(status=PrintSession.Status.COMPLETED)


def _funnels(
    recent: QuerySet[PrintSession], column: str, start: datetime, *, name: Combinable
) -> list[Funnel]:
    """Return a funnel for each value of a column, the most frequent first."""
    rows = list(
        recent.values(column)
        .annotate(name=name, asked=Count("pk"), visited=Count("pk", filter=_WAS_VISITED))
        .order_by("-asked", column)[:MOST]
    )
    shown = recent.filter(**{f"{column}__in": [row[column] for row in rows]})
    # An order comes after its session: bound alike, the database joins two short lists.
    orders = Order.objects.filter(first_seen_at__gte=start)
    ordered = _per_value(shown, column, orders)
    paid = _per_value(shown, column, orders.confirmed())
    return [
        Funnel(row["name"], row["asked"], row["visited"], ordered[row[column]], paid[row[column]])
        for row in rows
    ]


def _per_value(
    sessions: QuerySet[PrintSession], column: str, orders: QuerySet[Order]
) -> Counter[str]:
    became = sessions.filter(session_id__in=orders.values("session_id"))
    return Counter(dict(became.values_list(column).annotate(Count("pk"))))


def _sum(funnels: list[Funnel]) -> Funnel:
    return Funnel(
        "All",
        asked=sum(funnel.asked for funnel in funnels),
        visited=sum(funnel.visited for funnel in funnels),
        ordered=sum(funnel.ordered for funnel in funnels),
        paid=sum(funnel.paid for funnel in funnels),
    )
