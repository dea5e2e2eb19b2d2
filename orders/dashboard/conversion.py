"""The conversion of print sessions: how many became orders, and how many were paid."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.core.cache import cache
from django.db.models import Case, Count, Max, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from orders.models import Order
from orders.models.print_sessions import OWN_PICTURE, OWN_PICTURE_PREFIX
from printora_integration.models import PrintSession

DAYS = 30
MAX_FUNNELS = 20
CACHE_SECONDS = 300


@dataclass(frozen=True)
class Funnel:
    """How many sessions of one kind reached each step."""

    name: str
    created: int
    visited: int
    ordered: int
    paid: int

    @property
    def steps(self) -> list[tuple[str, int, float]]:
        """Return each step's name, its sessions, and their share of the first step in %."""
        named = [
            ("Asked for", self.created),
            ("Known to have visited", self.visited),
            ("Ordered", self.ordered),
            ("Paid", self.paid),
        ]
        return [(name, count, self._share(count)) for name, count in named]

    @property
    def rate(self) -> float:
        """Return the share of the sessions that were paid, in %."""
        return self._share(self.paid)

    def _share(self, count: int) -> float:
        return 100 * count / self.created if self.created else 0.0


@dataclass(frozen=True)
class Conversion:
    """The funnels of a period: all sessions, each flow, and the most frequent artworks."""

    whole: Funnel
    flows: list[Funnel]
    artworks: list[Funnel]


def conversion() -> Conversion:
    """Return the last 30 days' conversion, at most five minutes old."""
    counted = cache.get_or_set("orders.conversion", _count, timeout=CACHE_SECONDS)
    return cast("Conversion", counted)


def _count() -> Conversion:
    start = timezone.now() - timedelta(days=DAYS)
    recent = PrintSession.objects.order_by().filter(created_at__gte=start)
    flows = _funnels(recent, "mode", start, name=_FLOW)
    artworks = _funnels(recent, "reference", start, name=_PICTURE)
    return Conversion(whole=_sum(flows), flows=flows, artworks=artworks)


_FLOW = Case(*(When(mode=mode, then=Value(mode.label)) for mode in PrintSession.Mode))
# All staff see these numbers, and a visitor wrote the title of an own picture.
_PICTURE = Case(
    When(reference__startswith=OWN_PICTURE_PREFIX, then=Value(OWN_PICTURE)), default=Max("title")
)
_IS_VISITED = Q(visited_at__isnull=False) | Q(status=PrintSession.Status.COMPLETED)


def _funnels(
    recent: QuerySet[PrintSession], column: str, start: datetime, *, name: Combinable
) -> list[Funnel]:
    """Return a funnel for each value of a column, the most frequent first."""
    rows = list(
        recent.values(column)
        .annotate(name=name, created=Count("pk"), visited=Count("pk", filter=_IS_VISITED))
        .order_by("-created", column)[:MAX_FUNNELS]
    )
    shown = recent.filter(**{f"{column}__in": [row[column] for row in rows]})
    # An order comes after its session: bound alike, the database joins two short lists.
    orders = Order.objects.filter(first_seen_at__gte=start)
    ordered = _per_value(shown, column, orders)
    paid = _per_value(shown, column, orders.confirmed())
    return [
        Funnel(row["name"], row["created"], row["visited"], ordered[row[column]], paid[row[column]])
        for row in rows
    ]


def _per_value(
    sessions: QuerySet[PrintSession], column: str, orders: QuerySet[Order]
) -> Counter[str]:
    with_order = sessions.filter(session_id__in=orders.values("session_id"))
    return Counter(dict(with_order.values_list(column).annotate(Count("pk"))))


def _sum(funnels: list[Funnel]) -> Funnel:
    return Funnel(
        "All",
        created=sum(funnel.created for funnel in funnels),
        visited=sum(funnel.visited for funnel in funnels),
        ordered=sum(funnel.ordered for funnel in funnels),
        paid=sum(funnel.paid for funnel in funnels),
    )
