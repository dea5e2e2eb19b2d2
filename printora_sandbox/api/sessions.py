"""``/partner-session``: open a session, read it, ask whether a link still works."""

# ruff: noqa: ARG001  (the framework finds the request by its name)

from typing import Annotated, NoReturn
from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Router, Status

from printora_sandbox.models import Session
from printora_sandbox.sessions import SessionRequest, find_by_token, open_session

from .auth import API_KEY
from .errors import InvalidFieldsError, InvalidImageUrlError, NotFoundError
from .fields import Envelope, ErrorEnvelope, url_problem
from .request import PartnerRequest
from .responses import REFUSALS
from .schemas import SessionBody, SessionCreated, SessionDetail, TokenState, UserData

IdempotencyKey = Annotated[str, Header(alias="Idempotency-Key", max_length=255, pattern=r"\S")]

router = Router(tags=["Session management"], by_alias=True)


@router.post(
    "/partner-session",
    auth=API_KEY,
    summary="Create Session",
    response={201: Envelope[SessionCreated], 409: Envelope[SessionCreated], **REFUSALS},
)
def create_session(
    request: PartnerRequest,
    payload: SessionBody,
    idempotency_key: IdempotencyKey,
) -> Status[Envelope[SessionCreated]]:
    """Open a session for one visitor and one picture, and say where to send the visitor.

    The same Idempotency-Key again answers 409 with `success: true` and the session that exists.
    """
    session, created = open_session(
        partner=request.auth, idempotency_key=idempotency_key.strip(), wanted=_checked(payload)
    )
    return Status(201 if created else 409, Envelope(data=SessionCreated.of(session)))


@router.get(
    "/partner-session/by-token/{token}",
    summary="Validate Token",
    response={200: Envelope[TokenState], 404: ErrorEnvelope, 429: ErrorEnvelope},
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
    response={200: Envelope[SessionDetail], **REFUSALS},
)
def read_session(request: PartnerRequest, session_id: UUID) -> Envelope[SessionDetail]:
    """Return one of the partner's sessions, its status and the order it led to."""
    mine = Session.objects.filter(partner=request.auth.id, uuid=session_id).expire_overdue()
    session = mine.select_related("order").first()
    if session is None:
        raise NotFoundError("Session not found")
    return Envelope(data=SessionDetail.of(session))


def _checked(payload: SessionBody) -> SessionRequest:
    """Return what a valid body asks for; raise the vendor's error for one that isn't."""
    if payload.image_url is None:
        _refuse_unknown(payload)
    if problem := url_problem(payload.image_url):
        text = f"Image URL {problem}"
        raise InvalidImageUrlError(text, details=[{"field": "imageUrl", "message": text}])
    _check_way_back("successUrl", payload.success_url)
    _check_way_back("failedUrl", payload.failed_url)
    visitor = payload.user_data or UserData()
    return SessionRequest(
        image_url=payload.image_url,
        success_url=payload.success_url,
        failed_url=payload.failed_url,
        email=(visitor.email or "").strip(),
        first_name=(visitor.first_name or "").strip(),
        last_name=(visitor.last_name or "").strip(),
        name=(visitor.name or "").strip(),
    )


def _refuse_unknown(payload: SessionBody) -> NoReturn:
    """Refuse a creator or merch item: none exists."""
    raise NotFoundError(
        "Creator not found" if payload.creator_id is not None else "Merch not found"
    )


def _check_way_back(field: str, url: str) -> None:
    if not url:
        text = f"{field} is required"
    elif problem := url_problem(url):
        text = f"{field} {problem}"
    else:
        return
    raise InvalidFieldsError(text, details=[{"field": field, "message": text}])
