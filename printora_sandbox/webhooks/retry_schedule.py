"""The retry schedule of a delivery (vendor page "Partner Integration API", automatic retry)."""

from datetime import timedelta

from django.conf import settings

# The first attempt is immediate; these are the delays before the others.
_RETRY_DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)


def retry_delay(failed_attempts: int) -> timedelta | None:
    """Return the delay after this many failed attempts, or ``None`` if there is no next one."""
    if failed_attempts > len(_RETRY_DELAYS):
        return None
    scale: float = settings.TIME_SCALE
    return _RETRY_DELAYS[failed_attempts - 1] / scale
