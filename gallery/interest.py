"""Count likes, looks and prints: each once, whatever is clicked twice or comes at the same moment.

The database's unique constraints decide who was first; counters move by `F()`, in the same
transaction as the row that justifies them.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gallery import heat
from gallery.models import Artwork, Interest, Like

_WEIGHTS = {Interest.Kind.VIEW: heat.VIEW, Interest.Kind.PRINT: heat.PRINT}


def like(artwork: Artwork, *, visitor: str) -> None:
    """Let this visitor like the artwork; liking it again changes nothing."""
    now = timezone.now()
    with transaction.atomic():
        _, is_new = Like.objects.get_or_create(
            artwork=artwork, visitor=visitor, defaults={"created_at": now}
        )
        if is_new:
            _add(artwork, likes=1, warmth=heat.heat(heat.LIKE, now))


def unlike(artwork: Artwork, *, visitor: str) -> None:
    """Take this visitor's like back, with the heat that it gave; without one, change nothing."""
    with transaction.atomic():
        mine = Like.objects.filter(artwork=artwork, visitor=visitor).first()
        # Of two at once only one deletes the row, and only that one counts.
        if mine and Like.objects.filter(pk=mine.pk).delete()[0]:
            _add(artwork, likes=-1, warmth=-heat.heat(heat.LIKE, mine.created_at))


def record(artwork: Artwork, kind: Interest.Kind, *, visitor: str) -> None:
    """Count a look or a print, once per visitor and day (UTC)."""
    now = timezone.now()
    with transaction.atomic():
        _, is_new = Interest.objects.get_or_create(
            artwork=artwork, day=now.date(), kind=kind, visitor=visitor
        )
        if is_new:
            views = int(kind == Interest.Kind.VIEW)
            _add(artwork, views=views, warmth=heat.heat(_WEIGHTS[kind], now))


def _add(artwork: Artwork, *, warmth: float, likes: int = 0, views: int = 0) -> None:
    Artwork.objects.filter(pk=artwork.pk).update(
        like_count=F("like_count") + likes,
        view_count=F("view_count") + views,
        heat=F("heat") + warmth,
    )
