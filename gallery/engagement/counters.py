"""Count likes, views and prints: each once, also after a double click or at the same moment.

The database's unique constraints decide which request was first. Counters change by `F()`, in the
same transaction as the row that justifies the change.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gallery.models import Artwork, Engagement, Like

VIEW_WEIGHT, LIKE_WEIGHT, PRINT_WEIGHT = 1, 5, 10
HALF_LIFE = timedelta(days=7)
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_WEIGHTS = {Engagement.Kind.VIEW: VIEW_WEIGHT, Engagement.Kind.PRINT: PRINT_WEIGHT}


def like(artwork: Artwork, *, visitor: str) -> None:
    """Add this visitor's like; a second like changes nothing."""
    now = timezone.now()
    with transaction.atomic():
        _, is_new = Like.objects.get_or_create(
            artwork=artwork, visitor=visitor, defaults={"created_at": now}
        )
        if is_new:
            _add(artwork, likes=1, score=trending_score(LIKE_WEIGHT, now))


def unlike(artwork: Artwork, *, visitor: str) -> None:
    """Remove this visitor's like and its share of the score; without a like, change nothing."""
    with transaction.atomic():
        row = Like.objects.filter(artwork=artwork, visitor=visitor).first()
        # Of two at once only one deletes the row, and only that one counts.
        if row and Like.objects.filter(pk=row.pk).delete()[0]:
            _add(artwork, likes=-1, score=-trending_score(LIKE_WEIGHT, row.created_at))


def record(artwork: Artwork, kind: Engagement.Kind, *, visitor: str) -> None:
    """Count a view or a print, once per visitor and day (UTC)."""
    now = timezone.now()
    with transaction.atomic():
        _, is_new = Engagement.objects.get_or_create(
            artwork=artwork, day=now.date(), kind=kind, visitor=visitor
        )
        if is_new:
            views = int(kind == Engagement.Kind.VIEW)
            _add(artwork, views=views, score=trending_score(_WEIGHTS[kind], now))


def trending_score(weight: float, when: datetime) -> float:
    """Return what an event of this weight at this time adds to a picture's trending score.

    A view weighs 1, a like 5 and a print 10, and each weight halves every seven days. Seen from a
    fixed day in the past, that is the same as weights that double every seven days. So the share of
    an old view never changes, a new view is a plain addition to a column, and the most trending
    pictures are the end of an index. A double has room for this until 2045.
    """
    return float(weight * 2 ** ((when - _EPOCH) / HALF_LIFE))


def erase_engagement(visitors: Collection[str]) -> dict[str, int]:
    """Delete the likes, views and prints of these visitors; return how many there were.

    The setting VISITOR_ERASERS names this function: orders, where customers are erased, does not
    know the gallery.
    """
    likes = list(Like.objects.filter(visitor__in=visitors).select_related("artwork"))
    for row in likes:
        unlike(row.artwork, visitor=row.visitor)
    count, _by_model = Engagement.objects.filter(visitor__in=visitors).delete()
    return {"likes": len(likes), "views and prints": count}


def _add(artwork: Artwork, *, score: float, likes: int = 0, views: int = 0) -> None:
    Artwork.objects.filter(pk=artwork.pk).update(
        like_count=F("like_count") + likes,
        view_count=F("view_count") + views,
        trending_score=F("trending_score") + score,
    )
