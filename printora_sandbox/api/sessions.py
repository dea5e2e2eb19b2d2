"""``/partner-session``: create a session, read it, and validate the token of its link."""

# ruff: noqa: ARG001  (the framework finds the request by its name)

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from ninja import Header, Router, Status

from printora_sandbox.models import Session
from printora_sandbox.sessions import find_by_key, find_by_token, get_or_create_session

from .auth import API_KEY
from .errors import ForbiddenError, NotFoundError
from .fields import Envelope
from .request import PartnerRequest
from .responses import OBJECT_ERRORS, TOKEN_ERRORS
from .schemas.sessions import (
    AnySession,
    SessionBody,
    SessionDetail,
    TokenState,
    created_session_data,
)
from .session_params import session_params

IdempotencyKey = Annotated[str, Header(alias="Idempotency-Key", max_length=255, pattern=r"\S")]

router = Router(tags=["Session management"], by_alias=True)


@router.post(
    "/partner-session",
    auth=API_KEY,
    summary="Create Session",
    response={201: Envelope[AnySession], 409: Envelope[AnySession], **OBJECT_ERRORS},
)
@transaction.atomic
def create_session(
    request: PartnerRequest,
    payload: SessionBody,
    idempotency_key: IdempotencyKey,
) -> Status[Envelope[AnySession]]:
    """Create a session for one visitor and return the URL for the visitor.

    It is for a picture (`imageUrl`), a creator's storefront (`creatorId`) or one item (`merchId`).

    A repeated Idempotency-Key gets a 409 with `success: true` and the existing session.
    """
    key = idempotency_key.strip()
    session, created = find_by_key(request.auth, key), False
    if session is None:  # checked first: meanwhile its item may have sold out
        params = session_params(request.auth, payload)
        session, created = get_or_create_session(
            partner=request.auth, idempotency_key=key, params=params
        )
    return Status(201 if created else 409, Envelope(data=created_session_data(session)))


@router.get(
    "/partner-session/by-token/{token}",
    summary="Validate Token",
    response={200: Envelope[TokenState], **TOKEN_ERRORS},
)
def read_token(request: HttpRequest, token: str) -> Envelope[TokenState]:
    """Return whether a link still opens the editor; the token itself is the credential."""
    session = find_by_token(token)
    if session is None:
        raise NotFoundError("Session not found")
    return Envelope(data=TokenState.of(session))


@router.get(
    "/partner-session/{session_id}",
    auth=API_KEY,
    summary="Get Session",
    response={200: Envelope[SessionDetail], **OBJECT_ERRORS},
)
def read_session(request: PartnerRequest, session_id: UUID) -> Envelope[SessionDetail]:
    """Return one of the partner's sessions; another partner's session is a 403."""
    return Envelope(data=SessionDetail.of(_get_session(request, session_id)))


def _get_session(request: PartnerRequest, session_id: UUID) -> Session:
    """Return one of the partner's sessions, expired first if its time is over."""
    session = Session.objects.filter(uuid=session_id).expire_overdue().with_related().first()
    if session is None:
        raise NotFoundError("Session not found")
    if session.partner != request.auth.id:
        raise ForbiddenError("This session belongs to another partner")
    return session
