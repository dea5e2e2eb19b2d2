"""How long a person stays signed in: until they do nothing for a while, and never for days."""

import time

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

_SIGNED_IN_AT = "signed_in_at"
_LAST_ACTIVE_AT = "last_active_at"
_WRITE_INTERVAL = 60  # seconds: activity costs one write a minute


def start_clock(session: SessionBase) -> None:
    """Note that the person has just signed in."""
    session[_SIGNED_IN_AT] = session[_LAST_ACTIVE_AT] = int(time.time())


def record_activity(session: SessionBase) -> None:
    """Note that the person is active; within a minute nothing is written."""
    now = int(time.time())
    # abs: after the clock was put back, the old moment is in the future.
    if abs(now - session.get(_LAST_ACTIVE_AT, 0)) >= _WRITE_INTERVAL:
        session[_LAST_ACTIVE_AT] = now


def reason_to_end(session: SessionBase) -> str | None:
    """Return a sentence where the session has ended, else None.

    A session from before this rule has no moments, and has ended.
    """
    now = time.time()
    if now - session.get(_SIGNED_IN_AT, 0) >= settings.SESSION_COOKIE_AGE:
        hours = settings.SESSION_COOKIE_AGE // 3600
        return f"You were signed out: you signed in more than {hours} hours ago."
    if now - session.get(_LAST_ACTIVE_AT, 0) >= settings.STAFF_IDLE_MINUTES * 60:
        return f"You were signed out after {settings.STAFF_IDLE_MINUTES} minutes without activity."
    return None
