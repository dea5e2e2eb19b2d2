"""The checks of a "Create Session" body, by the rules of its flow."""

from dataclasses import replace
from uuid import UUID

from printora_sandbox.models import CreatorStatus, Merch, SessionMode
from printora_sandbox.orders.stock import SoldOutError, check_stock
from printora_sandbox.partners import Partner
from printora_sandbox.sessions import SessionParams

from .errors import InvalidImageUrlError, NotFoundError, field_error
from .fields import url_error
from .lookups import get_creator, get_merch
from .schemas.sessions import SessionBody, UserData


def session_params(partner: Partner, payload: SessionBody) -> SessionParams:
    """Return the parameters in a valid body; raise the vendor's error for an invalid one."""
    if payload.image_url is not None:
        _check_image(payload.image_url)
    _check_callback_url("successUrl", payload.success_url)
    _check_callback_url("failedUrl", payload.failed_url)
    user = payload.user_data or UserData()
    params = SessionParams(
        image_url=payload.image_url or "",
        success_url=payload.success_url,
        failed_url=payload.failed_url,
        email=(user.email or "").strip(),
        first_name=(user.first_name or "").strip(),
        last_name=(user.last_name or "").strip(),
        name=(user.name or "").strip(),
    )
    if payload.creator_id is not None:
        return _with_creator(params, partner, payload.creator_id)
    return params if payload.merch_id is None else _with_merch(params, partner, payload)


def _with_creator(params: SessionParams, partner: Partner, creator_id: str) -> SessionParams:
    creator = get_creator(partner, _uuid(creator_id, "Creator not found"))
    if creator.status != CreatorStatus.ACTIVE:
        raise field_error("creatorId", "Creator is not active")
    return replace(params, mode=SessionMode.CREATOR, creator=creator)


def _with_merch(params: SessionParams, partner: Partner, payload: SessionBody) -> SessionParams:
    merch = get_merch(partner, _uuid(payload.merch_id or "", "Merch not found"))
    quantity = payload.quantity or 1
    _check_merch(merch, payload.variant_id, quantity)
    return replace(
        params,
        mode=SessionMode.MERCH,
        creator=merch.creator,
        merch=merch,
        image_url=merch.design_image_url,
        variant_id=payload.variant_id or "",
        quantity=quantity,
    )


def _check_merch(merch: Merch, variant_id: str | None, quantity: int) -> None:
    if not merch.is_on_sale:
        raise field_error("merchId", "Merch is not available")
    if variant_id is not None and merch.variant(variant_id) is None:
        raise field_error("variantId", "Variant does not belong to this merch")
    try:
        check_stock(merch, quantity)
    except SoldOutError as error:
        raise field_error("quantity" if error.remaining else "merchId", str(error)) from error


def _uuid(text: str, not_found: str) -> UUID:
    """Return an id as a UUID; any other text is an unknown id."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFoundError(not_found) from error


def _check_image(url: str) -> None:
    if error := url_error(url):
        message = f"Image URL {error}"
        raise InvalidImageUrlError(message, details=[{"field": "imageUrl", "message": message}])


def _check_callback_url(field: str, url: str) -> None:
    if not url:
        raise field_error(field, f"{field} is required")
    if error := url_error(url):
        raise field_error(field, f"{field} {error}")
