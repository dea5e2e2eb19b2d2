"""Partner sessions: create, find, visit and cancel them."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from .models import Creator, Merch, Session, SessionMode, SessionStatus
from .models.session import LINK_TOKEN_PATTERN, OPEN_STATUSES
from .partners import Partner


@dataclass(frozen=True, kw_only=True)
class SessionParams:
    """The checked parameters of a new session: a picture, a creator or a merch item.

    A session of flow C also has the item's creator; its cart starts with ``variant_id`` and
    ``quantity``.
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


def get_or_create_session(
    *, partner: Partner, idempotency_key: str, params: SessionParams
) -> tuple[Session, bool]:
    """Return the session for this idempotency key, and whether it is new.

    A unique constraint decides: of two requests with one key, the second one reads the session of
    the first one and ignores its own body (vendor page "Create Session", idempotent response).
    """
    try:
        with transaction.atomic():
            session = Session.objects.create(
                partner=partner.id, idempotency_key=idempotency_key, **vars(params)
            )
    except IntegrityError:
        existing = Session.objects.filter(partner=partner.id, idempotency_key=idempotency_key)
        return existing.with_related().get(), False
    return session, True


def find_by_key(partner: Partner, idempotency_key: str) -> Session | None:
    """Return the existing session for this idempotency key, if there is one."""
    existing = Session.objects.filter(partner=partner.id, idempotency_key=idempotency_key)
    return existing.with_related().first()


def find_by_token(token: str) -> Session | None:
    """Return the session of a link, expired first if its time is over."""
    if not LINK_TOKEN_PATTERN.fullmatch(token):  # not every database can compare a NUL
        return None
    return Session.objects.filter(token=token).expire_overdue().with_related().first()


def visit(token: str) -> Session | None:
    """Return the session of a link; the first visit makes it active."""
    session = find_by_token(token)
    if session and session.status == SessionStatus.PENDING:
        session.activate()
    return session


@transaction.atomic
def cancel_session(token: str) -> Session | None:
    """Cancel the session of a link if it has no order yet; return the session in both cases."""
    session = find_by_token(token)
    if session and session.is_open:
        Session.objects.filter(pk=session.pk, status__in=OPEN_STATUSES).update(
            status=SessionStatus.CANCELLED
        )
        session.refresh_from_db()
    return session
