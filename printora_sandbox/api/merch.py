"""``/creators/:id/merch``: the merch items of a creator."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction
from ninja import Query, Router, Status

from printora_sandbox.merch import items

from .auth import API_KEY
from .errors import InvalidVariantsError, field_error
from .lookups import get_creator, get_creator_merch
from .pagination import PageQuery, paginate
from .request import PartnerRequest
from .responses import OBJECT_ERRORS
from .schemas.creators import DeletedResponse
from .schemas.merch import (
    EditSessionData,
    EditSessionResponse,
    MerchBody,
    MerchCreated,
    MerchData,
    MerchPage,
    MerchResponse,
    MerchUpdateBody,
)

router = Router(tags=["Merch"], by_alias=True, auth=API_KEY)

_LIST_PATH = "/creators/{creator_id}/merch"
_ITEM_PATH = _LIST_PATH + "/{merch_id}"


@router.post(_LIST_PATH, summary="Create Merch", response={201: MerchCreated, **OBJECT_ERRORS})
@transaction.atomic
def create_merch(
    request: PartnerRequest, creator_id: UUID, payload: MerchBody
) -> Status[MerchCreated]:
    """Create an item and an edit session, which works once and expires after a day."""
    creator = get_creator(request.auth, creator_id)
    with _vendor_errors():
        merch, session = items.create_merch(creator=creator, **_columns(payload))
    return Status(
        201, MerchCreated(merch=MerchData.of(merch), edit_session=EditSessionData.of(session))
    )


@router.get(_LIST_PATH, summary="List Merch", response={200: MerchPage, **OBJECT_ERRORS})
def list_merch(request: PartnerRequest, creator_id: UUID, page: Query[PageQuery]) -> MerchPage:
    """Return a creator's items: by their sort order, then newest first."""
    items = get_creator(request.auth, creator_id).merch.select_related("creator")
    rows, pagination = paginate(items, page)
    return MerchPage(merch=[MerchData.of(row) for row in rows], pagination=pagination)


@router.get(_ITEM_PATH, summary="Get Merch", response={200: MerchResponse, **OBJECT_ERRORS})
def read_merch(request: PartnerRequest, creator_id: UUID, merch_id: UUID) -> MerchResponse:
    """Return one item."""
    return MerchResponse(merch=MerchData.of(get_creator_merch(request.auth, creator_id, merch_id)))


@router.put(_ITEM_PATH, summary="Update Merch", response={200: MerchResponse, **OBJECT_ERRORS})
@transaction.atomic
def update_merch(
    request: PartnerRequest, creator_id: UUID, merch_id: UUID, payload: MerchUpdateBody
) -> MerchResponse:
    """Change the fields in the body; null empties a field or removes the limit."""
    merch = get_creator_merch(request.auth, creator_id, merch_id)
    with _vendor_errors():
        merch = items.update_merch(merch, **_columns(payload))
    return MerchResponse(merch=MerchData.of(merch))


@router.delete(_ITEM_PATH, summary="Delete Merch", response={200: DeletedResponse, **OBJECT_ERRORS})
@transaction.atomic
def delete_merch(request: PartnerRequest, creator_id: UUID, merch_id: UUID) -> DeletedResponse:
    """Delete an item; its orders stay."""
    items.delete_merch(get_creator_merch(request.auth, creator_id, merch_id))
    return DeletedResponse(message="Merch deleted")


@router.post(
    _ITEM_PATH + "/edit-session",
    summary="New Edit Session",
    response={201: EditSessionResponse, **OBJECT_ERRORS},
)
@transaction.atomic
def create_edit_session(
    request: PartnerRequest, creator_id: UUID, merch_id: UUID
) -> Status[EditSessionResponse]:
    """Create an edit session, which works once and expires after a day."""
    session = items.create_edit_session(get_creator_merch(request.auth, creator_id, merch_id))
    return Status(201, EditSessionResponse(edit_session=EditSessionData.of(session)))


def _columns(payload: MerchBody | MerchUpdateBody) -> dict[str, Any]:
    """Return the fields in a body as column values, with empty text for null."""
    given = payload.model_dump(exclude_unset=True)
    texts = {"description", "design_image_url"}
    return {name: value or "" if name in texts else value for name, value in given.items()}


@contextmanager
def _vendor_errors() -> Iterator[None]:
    """Translate the errors of merch items into the vendor's errors."""
    try:
        yield
    except items.UnknownProductError as error:
        raise field_error("productId", "Product not found in the catalog") from error
    except items.VariantsError as error:
        details = [{"field": "variantIds", "message": str(error)}]
        raise InvalidVariantsError(str(error), details=details) from error
    except items.StockLimitError as error:
        raise field_error("stockLimit", str(error)) from error
