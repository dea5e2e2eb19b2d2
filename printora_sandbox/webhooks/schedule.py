"""When a delivery is tried again (vendor page "Partner Integration API", automatic retry)."""

from datetime import timedelta

from django.conf import settings

# After the first try, which is immediate: 1 min, 5 min, 30 min, 2 h.
_PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)


def pause_after(tries: int) -> timedelta | None:
    """Return how long to wait after so many failed tries, or ``None`` when it was the last."""
    if tries > len(_PAUSES):
        return None
    scale: float = settings.TIME_SCALE
    return _PAUSES[tries - 1] / scale
