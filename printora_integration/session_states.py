"""Ask Printora how our open sessions stand; nothing else tells of a visitor who just closed it."""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from .client import PrintoraClient, get_background_client
from .exceptions import NotFoundError, PrintoraError
from .models import LINK_LIFETIME, SESSION_LIFETIME, PrintSession, PrintSessionQuerySet
from .schemas import PartnerSession

# Sessions asked about in one run; with a run a minute, a small part of the 60 calls we plan on.
SESSIONS_A_RUN = 10
_PENDING_FROM = LINK_LIFETIME - timedelta(minutes=5)  # an unvisited link's last minutes
_ACTIVE_EVERY = timedelta(hours=1)
_LAST_HOUR = timedelta(hours=1)
_LAST_HOUR_EVERY = timedelta(minutes=10)

Status = PrintSession.Status


def refresh_sessions(*, client: PrintoraClient | None = None, most: int = SESSIONS_A_RUN) -> int:
    """Ask Printora about the sessions that may soon end; return how many were asked about.

    That is an unvisited link once in its last minutes, and a visited session once an hour, more
    often in its last. At most `most` calls; when Printora does not answer, the run ends, for the
    next one asks again. Printora: "Get Session".
    """
    client = client or get_background_client()
    asked = 0
    for session in due(timezone.now())[:most]:
        try:
            _settle(session, client)
        except PrintoraError:
            break
        asked += 1
    return asked


def due(now: datetime) -> PrintSessionQuerySet:
    """Return the sessions to ask about: unvisited links first, then the oldest visits."""
    first_look = Q(asked_at=None) | Q(asked_at__lt=F("created_at") + _PENDING_FROM)
    pending = Q(status=Status.PENDING, created_at__lt=now - _PENDING_FROM) & first_look
    hourly = Q(asked_at=None) | Q(asked_at__lt=now - _ACTIVE_EVERY)
    ending = Q(
        visited_at__lt=now - SESSION_LIFETIME + _LAST_HOUR, asked_at__lt=now - _LAST_HOUR_EVERY
    )
    active = Q(status=Status.ACTIVE) & (hourly | ending)
    known = PrintSession.objects.exclude(session_id=None)
    # A link has minutes left where a visited session has hours.
    return known.filter(pending | active).order_by(F("visited_at").asc(nulls_first=True), "pk")


def _settle(session: PrintSession, client: PrintoraClient) -> None:
    """Bring one session up to what Printora says of it; an order's event counts for more."""
    row = PrintSession.objects.filter(pk=session.pk)
    try:
        reply = client.sessions.get(session.session_id or "")
    except NotFoundError:
        row.open().mark(Status.EXPIRED)  # its link leads nowhere
    else:
        _apply(row, reply)
    row.with_order().mark(Status.COMPLETED)
    row.update(asked_at=timezone.now())


def _apply(row: PrintSessionQuerySet, reply: PartnerSession) -> None:
    if reply.order is not None or reply.status == Status.COMPLETED:
        row.mark(Status.COMPLETED)
    elif reply.status == Status.ACTIVE:
        row.mark_visited()
    elif reply.status == Status.CANCELLED:
        row.mark_given_up()
    elif reply.status == Status.EXPIRED:
        row.open().mark(Status.EXPIRED)
