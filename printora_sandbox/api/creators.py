"""``/creators``: the people whose merch a partner sells."""

from uuid import UUID

from django.db import transaction
from ninja import Query, Router, Status

from printora_sandbox import creators
from printora_sandbox.models import Creator, Order

from .auth import API_KEY
from .creator_schemas import (
    CreatorBody,
    CreatorChanges,
    CreatorPage,
    CreatorReply,
    CreatorView,
    Done,
    StatsReply,
    StatsView,
    StatusBody,
)
from .errors import ConflictError
from .fields import Envelope
from .owned import creator_of
from .paging import PageQuery, cut
from .request import PartnerRequest
from .responses import OWNED, REFUSALS, refusals
from .schemas import OrderPage, OrderSummary

router = Router(tags=["Creators"], by_alias=True, auth=API_KEY)


@router.post(
    "/creators", summary="Create Creator", response={201: CreatorReply, **REFUSALS, **refusals(409)}
)
def create_creator(request: PartnerRequest, payload: CreatorBody) -> Status[CreatorReply]:
    """Create a creator; without a slug one is made of the name."""
    fields = _columns(payload)
    try:
        creator = creators.create_creator(partner=request.auth, **fields)
    except creators.SlugTakenError as error:
        raise ConflictError("slug", "slug is already taken") from error
    return Status(201, CreatorReply(creator=CreatorView.of(creator)))


@router.get("/creators", summary="List Creators", response={200: CreatorPage, **REFUSALS})
def list_creators(request: PartnerRequest, page: Query[PageQuery]) -> CreatorPage:
    """Return the partner's creators, newest first."""
    rows, pagination = cut(Creator.objects.filter(partner=request.auth.id), page)
    return CreatorPage(creators=[CreatorView.of(row) for row in rows], pagination=pagination)


@router.get("/creators/{creator_id}", summary="Get Creator", response={200: CreatorReply, **OWNED})
def read_creator(request: PartnerRequest, creator_id: UUID) -> CreatorReply:
    """Return one of the partner's creators; 403 for another partner's."""
    return CreatorReply(creator=CreatorView.of(creator_of(request.auth, creator_id)))


@router.put(
    "/creators/{creator_id}",
    summary="Update Creator",
    response={200: CreatorReply, **OWNED, **refusals(409)},
)
@transaction.atomic
def update_creator(
    request: PartnerRequest, creator_id: UUID, payload: CreatorChanges
) -> CreatorReply:
    """Change what the body names, and leave the rest; null empties a field."""
    creator = creator_of(request.auth, creator_id)
    try:
        creator = creators.update_creator(creator, **_columns(payload))
    except creators.SlugTakenError as error:
        raise ConflictError("slug", "slug is already taken") from error
    return CreatorReply(creator=CreatorView.of(creator))


@router.put(
    "/creators/{creator_id}/status",
    summary="Set Creator Status",
    response={200: CreatorReply, **OWNED},
)
@transaction.atomic
def set_status(request: PartnerRequest, creator_id: UUID, payload: StatusBody) -> CreatorReply:
    """Make a creator active, inactive or suspended; only an active one sells."""
    creator = creator_of(request.auth, creator_id)
    creators.update_creator(creator, status=payload.status)
    return CreatorReply(creator=CreatorView.of(creator))


@router.delete("/creators/{creator_id}", summary="Delete Creator", response={200: Done, **OWNED})
@transaction.atomic
def delete_creator(request: PartnerRequest, creator_id: UUID) -> Done:
    """Delete a creator with all of its merch; its orders stay."""
    creators.delete_creator(creator_of(request.auth, creator_id))
    return Done(message="Creator deleted")


@router.get(
    "/creators/{creator_id}/stats", summary="Creator Stats", response={200: StatsReply, **OWNED}
)
def read_stats(request: PartnerRequest, creator_id: UUID) -> StatsReply:
    """Return what a creator has sold; revenue counts orders that are paid."""
    creator = creator_of(request.auth, creator_id)
    return StatsReply(stats=StatsView.of(creator, creators.stats_of(creator)))


@router.get(
    "/creators/{creator_id}/orders",
    summary="Creator Orders",
    response={200: Envelope[OrderPage], **OWNED},
)
def list_orders(
    request: PartnerRequest, creator_id: UUID, page: Query[PageQuery]
) -> Envelope[OrderPage]:
    """Return a creator's orders, newest first."""
    creator = creator_of(request.auth, creator_id)
    rows, pagination = cut(Order.objects.filter(creator=creator).select_related("session"), page)
    orders = [OrderSummary.of(row) for row in rows]
    return Envelope(data=OrderPage(orders=orders, pagination=pagination))


def _columns(payload: CreatorBody | CreatorChanges) -> dict[str, str]:
    """Return what a body says, checked, with nothing for null."""
    given = payload.model_dump(exclude_unset=True)
    return {name: "" if value is None else value for name, value in given.items()}
