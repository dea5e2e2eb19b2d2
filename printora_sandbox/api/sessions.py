"""``/partner-session``: open a session, read it, ask whether a link still works."""

# ruff: noqa: ARG001  (the framework finds the request by its name)

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from ninja import Header, Router, Status

from printora_sandbox.models import Session
from printora_sandbox.sessions import find_by_key, find_by_token, open_session

from .auth import API_KEY
from .errors import ForbiddenError, NotFoundError
from .fields import Envelope
from .request import PartnerRequest
from .responses import BY_TOKEN, OWNED
from .session_request import session_request
from .session_schemas import AnySession, SessionBody, SessionDetail, TokenState, created_view

IdempotencyKey = Annotated[str, Header(alias="Idempotency-Key", max_length=255, pattern=r"\S")]

router = Router(tags=["Session management"], by_alias=True)


@router.post(
    "/partner-session",
    auth=API_KEY,
    summary="Create Session",
    response={201: Envelope[AnySession], 409: Envelope[AnySession], **OWNED},
)
@transaction.atomic
def create_session(
    request: PartnerRequest,
    payload: SessionBody,
    idempotency_key: IdempotencyKey,
) -> Status[Envelope[AnySession]]:
    """Open a session for one visitor, and say where to send the visitor.

    For a picture (`imageUrl`), a creator's shelf (`creatorId`) or one item (`merchId`).

    The same Idempotency-Key again answers 409 with `success: true` and the session that exists.
    """
    key = idempotency_key.strip()
    session, created = find_by_key(request.auth, key), False
    if session is None:  # before what it asks for is judged: it may have sold out since
        wanted = session_request(request.auth, payload)
        session, created = open_session(partner=request.auth, idempotency_key=key, wanted=wanted)
    return Status(201 if created else 409, Envelope(data=created_view(session)))


@router.get(
    "/partner-session/by-token/{token}",
    summary="Validate Token",
    response={200: Envelope[TokenState], **BY_TOKEN},
)
def read_token(request: HttpRequest, token: str) -> Envelope[TokenState]:
    """Say whether a link still leads to the editor. The token itself is the credential."""
    session = find_by_token(token)
    if session is None:
        raise NotFoundError("Session not found")
    return Envelope(data=TokenState.of(session))


@router.get(
    "/partner-session/{session_id}",
    auth=API_KEY,
    summary="Get Session",
    response={200: Envelope[SessionDetail], **OWNED},
)
def read_session(request: PartnerRequest, session_id: UUID) -> Envelope[SessionDetail]:
    """Return one of the partner's sessions, its status and the order; 403 for another partner's."""
    return Envelope(data=SessionDetail.of(_mine(request, session_id)))


def _mine(request: PartnerRequest, session_id: UUID) -> Session:
    """Return one of the partner's sessions, its status settled to the present moment."""
    found = Session.objects.filter(uuid=session_id).expire_overdue().with_goods().first()
    if found is None:
        raise NotFoundError("Session not found")
    if found.partner != request.auth.id:
        raise ForbiddenError("This session belongs to another partner")
    return found
