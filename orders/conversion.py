"""Count how many print sessions became orders, and how many of those were paid, in a period.

Printora tells us when a session is ordered, not when the editor is opened: the second step is that
Printora made the session and we sent the visitor there.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count, Max, QuerySet
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
    sent: int
    ordered: int
    paid: int

    @property
    def steps(self) -> list[tuple[str, int, float]]:
        """Return each step's name, how many came so far, and their share of the first, in %."""
        named = [
            ("Asked for", self.asked),
            ("Sent to the editor", self.sent),
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
    """Hold the period's funnels: all sessions, and the artworks that were asked for most."""

    whole: Funnel
    artworks: list[Funnel]


def conversion() -> Conversion:
    """Return the last 30 days' conversion, at most five minutes old."""
    counted: Conversion = cache.get_or_set("orders.conversion", _count, timeout=KEPT_SECONDS)
    return counted


def _count() -> Conversion:
    start = timezone.now() - timedelta(days=DAYS)
    recent = PrintSession.objects.order_by().filter(created_at__gte=start)
    # An order comes after its session: bound alike, the database joins two short lists.
    orders = Order.objects.filter(first_seen_at__gte=start)
    return Conversion(whole=_whole(recent, orders), artworks=_by_artwork(recent, orders))


def _whole(recent: QuerySet[PrintSession], orders: QuerySet[Order]) -> Funnel:
    asked = recent.aggregate(asked=Count("pk"), sent=Count("session_id"))
    ordered = _ordered(recent, orders).count()
    paid = _ordered(recent, orders.confirmed()).count()  # type: ignore[attr-defined]
    return Funnel("All", ordered=ordered, paid=paid, **asked)


def _by_artwork(recent: QuerySet[PrintSession], orders: QuerySet[Order]) -> list[Funnel]:
    rows = list(
        recent.values("reference")
        .annotate(title=Max("title"), asked=Count("pk"), sent=Count("session_id"))
        .order_by("-asked", "reference")[:MOST]
    )
    shown = recent.filter(reference__in=[row["reference"] for row in rows])
    ordered = _per_reference(_ordered(shown, orders))
    paid = _per_reference(_ordered(shown, orders.confirmed()))  # type: ignore[attr-defined]
    return [
        Funnel(
            name=row["title"],
            asked=row["asked"],
            sent=row["sent"],
            ordered=ordered[row["reference"]],
            paid=paid[row["reference"]],
        )
        for row in rows
    ]


def _ordered(sessions: QuerySet[PrintSession], orders: QuerySet[Order]) -> QuerySet[PrintSession]:
    return sessions.filter(session_id__in=orders.values("session_id"))


def _per_reference(sessions: QuerySet[PrintSession]) -> Counter[str]:
    counted: Iterable[tuple[str, int]] = sessions.values_list("reference").annotate(Count("pk"))
    return Counter(dict(counted))
