"""What a body of "Create Session" asks for, once every rule of its flow is kept."""

from dataclasses import replace
from uuid import UUID

from printora_sandbox.models import CreatorStatus, Merch, SessionMode
from printora_sandbox.partners import Partner
from printora_sandbox.sessions import SessionRequest
from printora_sandbox.stock import SoldOutError, require_stock

from .errors import InvalidImageUrlError, NotFoundError, refused
from .fields import url_problem
from .owned import creator_of, merch_of
from .session_schemas import SessionBody, UserData


def session_request(partner: Partner, payload: SessionBody) -> SessionRequest:
    """Return what a valid body asks for; raise the vendor's error for one that isn't."""
    if payload.image_url is not None:
        _check_image(payload.image_url)
    _check_way_back("successUrl", payload.success_url)
    _check_way_back("failedUrl", payload.failed_url)
    visitor = payload.user_data or UserData()
    wanted = SessionRequest(
        image_url=payload.image_url or "",
        success_url=payload.success_url,
        failed_url=payload.failed_url,
        email=(visitor.email or "").strip(),
        first_name=(visitor.first_name or "").strip(),
        last_name=(visitor.last_name or "").strip(),
        name=(visitor.name or "").strip(),
    )
    if payload.creator_id is not None:
        return _with_creator(wanted, partner, payload.creator_id)
    return wanted if payload.merch_id is None else _with_merch(wanted, partner, payload)


def _with_creator(wanted: SessionRequest, partner: Partner, creator_id: str) -> SessionRequest:
    creator = creator_of(partner, _uuid(creator_id, "Creator not found"))
    if creator.status != CreatorStatus.ACTIVE:
        raise refused("creatorId", "Creator is not active")
    return replace(wanted, mode=SessionMode.CREATOR, creator=creator)


def _with_merch(wanted: SessionRequest, partner: Partner, payload: SessionBody) -> SessionRequest:
    merch = merch_of(partner, _uuid(payload.merch_id or "", "Merch not found"))
    quantity = payload.quantity or 1
    _check_merch(merch, payload.variant_id, quantity)
    return replace(
        wanted,
        mode=SessionMode.MERCH,
        creator=merch.creator,
        merch=merch,
        image_url=merch.design_image_url,
        variant_id=payload.variant_id or "",
        quantity=quantity,
    )


def _check_merch(merch: Merch, variant_id: str | None, quantity: int) -> None:
    if not merch.is_on_sale:
        raise refused("merchId", "Merch is not available")
    if variant_id is not None and merch.variant(variant_id) is None:
        raise refused("variantId", "Variant does not belong to this merch")
    try:
        require_stock(merch, quantity)
    except SoldOutError as error:
        raise refused("quantity" if error.remaining else "merchId", str(error)) from error


def _uuid(text: str, unknown: str) -> UUID:
    """Read an id; ids are opaque, so one that is no UUID is unknown."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFoundError(unknown) from error


def _check_image(url: str) -> None:
    if problem := url_problem(url):
        text = f"Image URL {problem}"
        raise InvalidImageUrlError(text, details=[{"field": "imageUrl", "message": text}])


def _check_way_back(field: str, url: str) -> None:
    if not url:
        raise refused(field, f"{field} is required")
    if problem := url_problem(url):
        raise refused(field, f"{field} {problem}")
