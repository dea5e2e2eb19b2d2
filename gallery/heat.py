"""Say how trending a picture is, in one number that never has to be computed again.

A view weighs 1, a like 5, a print 10, and each weight halves every seven days. Seen from a fixed
day in the past that is the same as weights that double every seven days: then old signs of interest
never change, a new one is a plain addition to a column, and the hottest pictures are the end of an
index. A double has room for it until 2045.
"""

from datetime import UTC, datetime, timedelta

VIEW, LIKE, PRINT = 1, 5, 10
HALF_LIFE = timedelta(days=7)
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def heat(weight: float, when: datetime) -> float:
    """Return what a sign of interest at this moment adds to a picture's heat."""
    return float(weight * 2 ** ((when - _EPOCH) / HALF_LIFE))
