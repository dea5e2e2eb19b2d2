"""Ask Printora for the state of our open sessions: nothing else shows that a visitor left."""

import time
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.db.models.functions import Now

from printora_integration.client import PrintoraClient, get_background_client
from printora_integration.exceptions import (
    AuthenticationError,
    NotFoundError,
    PrintoraError,
    RateLimitError,
    ServerError,
    TransportError,
)
from printora_integration.models import SESSION_LIFETIME, PrintSession, PrintSessionQuerySet
from printora_integration.models.sessions import LINK_ENDED_AFTER
from printora_integration.schemas.api import PartnerSession
from vendor_kit.clock import database_now

# Sessions in one run; with a run a minute, a small part of the 60 calls that we plan on.
SESSIONS_PER_RUN = 10
_MAX_SECONDS = 40  # that a run may take before its last call
_EXPIRY_DELAY = timedelta(minutes=10)  # of an unvisited link, for Printora's answer
_ACTIVE_INTERVAL = timedelta(hours=1)
_LAST_HOUR = timedelta(hours=1)
_LAST_HOUR_INTERVAL = timedelta(minutes=10)

# These concern all sessions; another error concerns the one that was asked for.
_GENERAL_ERRORS = (TransportError, RateLimitError, ServerError, AuthenticationError)

Status = PrintSession.Status


def refresh_sessions(*, client: PrintoraClient | None = None, limit: int = SESSIONS_PER_RUN) -> int:
    """Check with Printora the sessions that may be over; return how many were checked.

    That is an unvisited link once it has ended, for it may have been visited in its last moment,
    and a visited session once an hour, more often in its last. At most `limit` calls, and none
    after 40 seconds: where the rate limit makes us wait, runs must not pile up. When Printora does
    not answer, the run ends; the next one asks again. Printora: "Get Session".
    """
    client = client or get_background_client()
    checked, ends_at = 0, time.monotonic() + _MAX_SECONDS
    for session in sessions_to_refresh(database_now())[:limit]:
        if time.monotonic() > ends_at:
            break
        try:
            refresh_session(session, client)
        except _GENERAL_ERRORS:
            break
        except PrintoraError:
            _mark_checked(session)  # else it would come first for ever, and hold up the others
        checked += 1
    return checked


def sessions_to_refresh(now: datetime) -> PrintSessionQuerySet:
    """Return the sessions to ask for: unvisited links first, then the oldest visits."""
    ended = PrintSession.objects.unchecked().filter(created_at__lt=now - LINK_ENDED_AFTER)
    # A check in the future is from before the clock was set back.
    hourly = Q(last_checked_at=None) | ~Q(last_checked_at__range=(now - _ACTIVE_INTERVAL, now))
    ending = Q(
        visited_at__lt=now - SESSION_LIFETIME + _LAST_HOUR,
        last_checked_at__lt=now - _LAST_HOUR_INTERVAL,
    )
    active = Q(status=Status.ACTIVE, session_id__isnull=False) & (hourly | ending)
    visited = PrintSession.objects.filter(active)
    return (ended | visited).order_by(F("visited_at").asc(nulls_first=True), "pk")


def expire_sessions() -> int:
    """Mark the sessions whose time is over as expired; return how many there were.

    An unvisited link waits ten minutes for Printora's answer.
    """
    recent = Now() - LINK_ENDED_AFTER - _EXPIRY_DELAY
    waiting = PrintSession.objects.unchecked().filter(created_at__gte=recent)
    stale = PrintSession.objects.stale().exclude(pk__in=waiting.values("pk"))
    return stale.mark(Status.EXPIRED)


def refresh_session(session: PrintSession, client: PrintoraClient) -> None:
    """Bring one session up to date with Printora; an order's event counts for more.

    Raises a PrintoraError where Printora says nothing of it.
    """
    row = PrintSession.objects.filter(pk=session.pk)
    try:
        response = client.sessions.get(session.session_id or "")
    except NotFoundError:
        row.open().mark(Status.EXPIRED)  # its link leads nowhere
    else:
        _apply(row, response)
    row.with_order().mark(Status.COMPLETED)
    _mark_checked(session)


def _mark_checked(session: PrintSession) -> None:
    PrintSession.objects.filter(pk=session.pk).update(last_checked_at=Now())


def _apply(row: PrintSessionQuerySet, response: PartnerSession) -> None:
    if response.order is not None or response.status == Status.COMPLETED:
        row.mark(Status.COMPLETED)
    elif response.status == Status.ACTIVE:
        row.mark_visited()
    elif response.status == Status.CANCELLED:
        row.mark_cancelled()
    elif response.status == Status.EXPIRED:
        row.open().mark(Status.EXPIRED)
