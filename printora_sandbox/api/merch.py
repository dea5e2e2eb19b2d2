"""``/creators/:id/merch``: the items on a creator's shelf."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction
from ninja import Query, Router, Status

from printora_sandbox import merch as shelf

from .auth import API_KEY
from .creator_schemas import Done
from .errors import InvalidVariantsError, refused
from .merch_schemas import (
    EditSessionReply,
    EditSessionView,
    MerchBody,
    MerchChanges,
    MerchCreated,
    MerchPage,
    MerchReply,
    MerchView,
)
from .owned import creator_of, merch_of_creator
from .paging import PageQuery, cut
from .request import PartnerRequest
from .responses import OWNED

router = Router(tags=["Merch"], by_alias=True, auth=API_KEY)

_ALL = "/creators/{creator_id}/merch"
_ONE = _ALL + "/{merch_id}"


@router.post(_ALL, summary="Create Merch", response={201: MerchCreated, **OWNED})
@transaction.atomic
def create_merch(
    request: PartnerRequest, creator_id: UUID, payload: MerchBody
) -> Status[MerchCreated]:
    """Create an item, with a link to its design editor that works once, for a day."""
    creator = creator_of(request.auth, creator_id)
    with _rules():
        merch, session = shelf.create_merch(creator=creator, **_columns(payload))
    return Status(
        201, MerchCreated(merch=MerchView.of(merch), edit_session=EditSessionView.of(session))
    )


@router.get(_ALL, summary="List Merch", response={200: MerchPage, **OWNED})
def list_merch(request: PartnerRequest, creator_id: UUID, page: Query[PageQuery]) -> MerchPage:
    """Return a creator's items: by their sort order, then newest first."""
    items = creator_of(request.auth, creator_id).merch.select_related("creator")
    rows, pagination = cut(items, page)
    return MerchPage(merch=[MerchView.of(row) for row in rows], pagination=pagination)


@router.get(_ONE, summary="Get Merch", response={200: MerchReply, **OWNED})
def read_merch(request: PartnerRequest, creator_id: UUID, merch_id: UUID) -> MerchReply:
    """Return one item."""
    return MerchReply(merch=MerchView.of(merch_of_creator(request.auth, creator_id, merch_id)))


@router.put(_ONE, summary="Update Merch", response={200: MerchReply, **OWNED})
@transaction.atomic
def update_merch(
    request: PartnerRequest, creator_id: UUID, merch_id: UUID, payload: MerchChanges
) -> MerchReply:
    """Change what the body names, and leave the rest; null empties a field or lifts the limit."""
    merch = merch_of_creator(request.auth, creator_id, merch_id)
    with _rules():
        merch = shelf.update_merch(merch, **_columns(payload))
    return MerchReply(merch=MerchView.of(merch))


@router.delete(_ONE, summary="Delete Merch", response={200: Done, **OWNED})
@transaction.atomic
def delete_merch(request: PartnerRequest, creator_id: UUID, merch_id: UUID) -> Done:
    """Delete an item; its orders stay."""
    shelf.delete_merch(merch_of_creator(request.auth, creator_id, merch_id))
    return Done(message="Merch deleted")


@router.post(
    _ONE + "/edit-session", summary="New Edit Session", response={201: EditSessionReply, **OWNED}
)
@transaction.atomic
def new_edit_session(
    request: PartnerRequest, creator_id: UUID, merch_id: UUID
) -> Status[EditSessionReply]:
    """Return a fresh link to the design editor: it works once, for a day."""
    session = shelf.open_editor(merch_of_creator(request.auth, creator_id, merch_id))
    return Status(201, EditSessionReply(edit_session=EditSessionView.of(session)))


def _columns(payload: MerchBody | MerchChanges) -> dict[str, Any]:
    """Return what a body says, checked, with empty text for null."""
    given = payload.model_dump(exclude_unset=True)
    texts = {"description", "design_image_url"}
    return {name: value or "" if name in texts else value for name, value in given.items()}


@contextmanager
def _rules() -> Iterator[None]:
    """Answer what the shelf refuses in the vendor's words."""
    try:
        yield
    except shelf.UnknownProductError as error:
        raise refused("productId", "Product not found in the catalog") from error
    except shelf.VariantsError as error:
        details = [{"field": "variantIds", "message": str(error)}]
        raise InvalidVariantsError(str(error), details=details) from error
    except shelf.StockLimitError as error:
        raise refused("stockLimit", str(error)) from error
