"""What happens to a session: opened by the partner, visited, completed or given up."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from .models import Creator, Merch, Session, SessionMode, SessionStatus
from .models.session import LINK_TOKEN, OPEN_STATUSES
from .partners import Partner


@dataclass(frozen=True, kw_only=True)
class SessionRequest:
    """What a partner asks for, checked: a picture, a creator or one of a creator's items.

    Flow C has its item's creator too; its cart starts with ``variant_id`` and ``quantity``.
    """

    success_url: str
    failed_url: str
    mode: SessionMode = SessionMode.IMAGE
    image_url: str = ""
    creator: Creator | None = None
    merch: Merch | None = None
    variant_id: str = ""
    quantity: int = 1
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    name: str = ""


def open_session(
    *, partner: Partner, idempotency_key: str, wanted: SessionRequest
) -> tuple[Session, bool]:
    """Return the session for this key, and whether it is new.

    The database decides who wins: of two requests with one key, the second reads what the first
    wrote, whatever its own body says (vendor page "Create Session", idempotent response).
    """
    try:
        with transaction.atomic():
            session = Session.objects.create(
                partner=partner.id, idempotency_key=idempotency_key, **vars(wanted)
            )
    except IntegrityError:
        mine = Session.objects.filter(partner=partner.id, idempotency_key=idempotency_key)
        return mine.with_goods().get(), False
    return session, True


def find_by_key(partner: Partner, idempotency_key: str) -> Session | None:
    """Return the session that this key opened before, if any."""
    mine = Session.objects.filter(partner=partner.id, idempotency_key=idempotency_key)
    return mine.with_goods().first()


def find_by_token(token: str) -> Session | None:
    """Return the session behind a link, its status settled to the present moment."""
    if not LINK_TOKEN.fullmatch(token):  # what no database need be asked, or can't be
        return None
    return Session.objects.filter(token=token).expire_overdue().with_goods().first()


def visit(token: str) -> Session | None:
    """Return the session behind a link; the first visit makes it active."""
    session = find_by_token(token)
    if session and session.status == SessionStatus.PENDING:
        session.activate()
    return session


@transaction.atomic
def give_up(token: str) -> Session | None:
    """Cancel the session behind a link if nothing was ordered yet; return it either way."""
    session = find_by_token(token)
    if session and session.is_open:
        Session.objects.filter(pk=session.pk, status__in=OPEN_STATUSES).update(
            status=SessionStatus.CANCELLED
        )
        session.refresh_from_db()
    return session
