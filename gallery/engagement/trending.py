"""The trending score of a picture: one number that never has to be computed again.

A view weighs 1, a like 5 and a print 10, and each weight halves every seven days. Seen from a fixed
day in the past, that is the same as weights that double every seven days. So the share of an old
view never changes, a new view is a plain addition to a column, and the most trending pictures are
the end of an index. A double has room for this until 2045.
"""

from datetime import UTC, datetime, timedelta

VIEW_WEIGHT, LIKE_WEIGHT, PRINT_WEIGHT = 1, 5, 10
HALF_LIFE = timedelta(days=7)
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def trending_score(weight: float, when: datetime) -> float:
    """Return what an event of this weight at this moment adds to a picture's score."""
    return float(weight * 2 ** ((when - _EPOCH) / HALF_LIFE))
