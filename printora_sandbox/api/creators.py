"""``/creators``: the creators of a partner."""

from uuid import UUID

from django.db import transaction
from ninja import Query, Router, Status

from printora_sandbox.merch import creators
from printora_sandbox.models import Creator, Order

from .auth import API_KEY
from .errors import ConflictError
from .fields import Envelope
from .lookups import get_creator
from .pagination import PageQuery, paginate
from .request import PartnerRequest
from .responses import OBJECT_ERRORS, PARTNER_ERRORS, error_responses
from .schemas.creators import (
    CreatorBody,
    CreatorData,
    CreatorPage,
    CreatorResponse,
    CreatorUpdateBody,
    DeletedResponse,
    StatsData,
    StatsResponse,
    StatusBody,
)
from .schemas.orders import OrderPage, OrderSummary

router = Router(tags=["Creators"], by_alias=True, auth=API_KEY)


@router.post(
    "/creators",
    summary="Create Creator",
    response={201: CreatorResponse, **PARTNER_ERRORS, **error_responses(409)},
)
def create_creator(request: PartnerRequest, payload: CreatorBody) -> Status[CreatorResponse]:
    """Create a creator; the default slug comes from the name."""
    fields = _columns(payload)
    try:
        creator = creators.create_creator(partner=request.auth, **fields)
    except creators.SlugTakenError as error:
        raise ConflictError("slug", "slug is already taken") from error
    return Status(201, CreatorResponse(creator=CreatorData.of(creator)))


@router.get("/creators", summary="List Creators", response={200: CreatorPage, **PARTNER_ERRORS})
def list_creators(request: PartnerRequest, page: Query[PageQuery]) -> CreatorPage:
    """Return the partner's creators, newest first."""
    rows, pagination = paginate(Creator.objects.filter(partner=request.auth.id), page)
    return CreatorPage(creators=[CreatorData.of(row) for row in rows], pagination=pagination)


@router.get(
    "/creators/{creator_id}",
    summary="Get Creator",
    response={200: CreatorResponse, **OBJECT_ERRORS},
)
def read_creator(request: PartnerRequest, creator_id: UUID) -> CreatorResponse:
    """Return one of the partner's creators; another partner's creator is a 403."""
    return CreatorResponse(creator=CreatorData.of(get_creator(request.auth, creator_id)))


@router.put(
    "/creators/{creator_id}",
    summary="Update Creator",
    response={200: CreatorResponse, **OBJECT_ERRORS, **error_responses(409)},
)
@transaction.atomic
def update_creator(
    request: PartnerRequest, creator_id: UUID, payload: CreatorUpdateBody
) -> CreatorResponse:
    """Change the fields in the body; null empties a field."""
    creator = get_creator(request.auth, creator_id)
    try:
        creator = creators.update_creator(creator, **_columns(payload))
    except creators.SlugTakenError as error:
        raise ConflictError("slug", "slug is already taken") from error
    return CreatorResponse(creator=CreatorData.of(creator))


@router.put(
    "/creators/{creator_id}/status",
    summary="Set Creator Status",
    response={200: CreatorResponse, **OBJECT_ERRORS},
)
@transaction.atomic
def set_status(request: PartnerRequest, creator_id: UUID, payload: StatusBody) -> CreatorResponse:
    """Set a creator's status to active, inactive or suspended; only an active one sells."""
    creator = get_creator(request.auth, creator_id)
    creators.update_creator(creator, status=payload.status)
    return CreatorResponse(creator=CreatorData.of(creator))


@router.delete(
    "/creators/{creator_id}",
    summary="Delete Creator",
    response={200: DeletedResponse, **OBJECT_ERRORS},
)
@transaction.atomic
def delete_creator(request: PartnerRequest, creator_id: UUID) -> DeletedResponse:
    """Delete a creator and its merch; its orders stay."""
    creators.delete_creator(get_creator(request.auth, creator_id))
    return DeletedResponse(message="Creator deleted")


@router.get(
    "/creators/{creator_id}/stats",
    summary="Creator Stats",
    response={200: StatsResponse, **OBJECT_ERRORS},
)
def read_stats(request: PartnerRequest, creator_id: UUID) -> StatsResponse:
    """Return a creator's sales; revenue counts the paid orders."""
    creator = get_creator(request.auth, creator_id)
    return StatsResponse(stats=StatsData.of(creator, creators.creator_stats(creator)))


@router.get(
    "/creators/{creator_id}/orders",
    summary="Creator Orders",
    response={200: Envelope[OrderPage], **OBJECT_ERRORS},
)
def list_orders(
    request: PartnerRequest, creator_id: UUID, page: Query[PageQuery]
) -> Envelope[OrderPage]:
    """Return a creator's orders, newest first."""
    creator = get_creator(request.auth, creator_id)
    rows, pagination = paginate(
        Order.objects.filter(creator=creator).select_related("session"), page
    )
    orders = [OrderSummary.of(row) for row in rows]
    return Envelope(data=OrderPage(orders=orders, pagination=pagination))


def _columns(payload: CreatorBody | CreatorUpdateBody) -> dict[str, str]:
    """Return the fields in a body as column values, with empty text for null."""
    given = payload.model_dump(exclude_unset=True)
    return {name: "" if value is None else value for name, value in given.items()}
