"""Ask Printora how our open sessions stand; nothing else tells of a visitor who just closed it."""

import time
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from .client import PrintoraClient, get_background_client
from .exceptions import (
    AuthenticationError,
    NotFoundError,
    PrintoraError,
    RateLimitError,
    ServerError,
    TransportError,
)
from .models import SESSION_LIFETIME, PrintSession, PrintSessionQuerySet
from .models.sessions import LINK_OVER
from .schemas import PartnerSession

# Sessions asked about in one run; with a run a minute, a small part of the 60 calls we plan on.
SESSIONS_A_RUN = 10
_LONGEST = 40  # seconds that a run may take before its last call
_WAIT_FOR_ANSWER = timedelta(minutes=10)  # an unvisited link's, after its end
_ACTIVE_EVERY = timedelta(hours=1)
_LAST_HOUR = timedelta(hours=1)
_LAST_HOUR_EVERY = timedelta(minutes=10)

# These are about all sessions; another error is about the one that was asked about.
_ABOUT_ALL = (TransportError, RateLimitError, ServerError, AuthenticationError)

Status = PrintSession.Status


def refresh_sessions(*, client: PrintoraClient | None = None, most: int = SESSIONS_A_RUN) -> int:
    """Ask Printora about the sessions that may be over; return how many were asked about.

    That is an unvisited link once it has ended, for it may have been visited in its last moment,
    and a visited session once an hour, more often in its last. At most `most` calls, and none after
    40 seconds: where the rate limit makes us wait, runs must not pile up. When Printora does not
    answer, the run ends; the next one asks again. Printora: "Get Session".
    """
    client = client or get_background_client()
    asked, deadline = 0, time.monotonic() + _LONGEST
    for session in due(timezone.now())[:most]:
        if time.monotonic() > deadline:
            break
        try:
            settle(session, client)
        except _ABOUT_ALL:
            break
        except PrintoraError:
            _note_asked(session)  # else it would come first for ever, and hold up the others
        asked += 1
    return asked


def due(now: datetime) -> PrintSessionQuerySet:
    """Return the sessions to ask about: unvisited links first, then the oldest visits."""
    ended = PrintSession.objects.unsettled().filter(created_at__lt=now - LINK_OVER)
    hourly = Q(asked_at=None) | Q(asked_at__lt=now - _ACTIVE_EVERY)
    ending = Q(
        visited_at__lt=now - SESSION_LIFETIME + _LAST_HOUR, asked_at__lt=now - _LAST_HOUR_EVERY
    )
    active = Q(status=Status.ACTIVE, session_id__isnull=False) & (hourly | ending)
    visited = PrintSession.objects.filter(active)
    return (ended | visited).order_by(F("visited_at").asc(nulls_first=True), "pk")


def expire() -> int:
    """Mark the sessions that have outlived themselves; return how many there were.

    An unvisited link waits ten minutes for Printora's word on it.
    """
    recent = timezone.now() - LINK_OVER - _WAIT_FOR_ANSWER
    waiting = PrintSession.objects.unsettled().filter(created_at__gte=recent)
    stale = PrintSession.objects.stale().exclude(pk__in=waiting.values("pk"))
    return stale.mark(Status.EXPIRED)


def settle(session: PrintSession, client: PrintoraClient) -> None:
    """Bring one session up to what Printora says of it; an order's event counts for more.

    Raises a PrintoraError where Printora says nothing of it.
    """
    row = PrintSession.objects.filter(pk=session.pk)
    try:
        reply = client.sessions.get(session.session_id or "")
    except NotFoundError:
        row.open().mark(Status.EXPIRED)  # its link leads nowhere
    else:
        _apply(row, reply)
    row.with_order().mark(Status.COMPLETED)
    _note_asked(session)


def _note_asked(session: PrintSession) -> None:
    PrintSession.objects.filter(pk=session.pk).update(asked_at=timezone.now())


def _apply(row: PrintSessionQuerySet, reply: PartnerSession) -> None:
    if reply.order is not None or reply.status == Status.COMPLETED:
        row.mark(Status.COMPLETED)
    elif reply.status == Status.ACTIVE:
        row.mark_visited()
    elif reply.status == Status.CANCELLED:
        row.mark_given_up()
    elif reply.status == Status.EXPIRED:
        row.open().mark(Status.EXPIRED)
