"""``/partners/webhook-logs``: what the partner was told, and whether it arrived."""

from uuid import UUID

from django.db import transaction
from ninja import Query, Router

from printora_sandbox.events import announce_again
from printora_sandbox.models import Delivery, DeliveryStatus, Event, Order
from printora_sandbox.partners import Partner
from printora_sandbox.webhooks import queue

from .auth import API_KEY
from .errors import InvalidFieldsError, OrderNotFoundError, WebhookNotFoundError
from .fields import Envelope
from .paging import PageQuery, cut
from .request import PartnerRequest
from .responses import REFUSALS
from .schemas import LogEntry, LogPage, Queued, ResendBody

router = Router(tags=["Webhook management"], by_alias=True, auth=API_KEY)


class LogQuery(PageQuery):
    """Which log entries are wanted."""

    status: DeliveryStatus | None = None
    event_type: Event | None = None


@router.get(
    "/partners/webhook-logs", summary="Webhook Logs", response={200: Envelope[LogPage], **REFUSALS}
)
def list_logs(request: PartnerRequest, page: Query[LogQuery]) -> Envelope[LogPage]:
    """Return the partner's webhooks, newest first."""
    mine = Delivery.objects.with_attempts().filter(order__session__partner=request.auth.id)
    if page.status:
        mine = mine.filter(status=page.status)
    if page.event_type:
        mine = mine.filter(event=page.event_type)
    rows, pagination = cut(mine, page)
    return Envelope(data=LogPage(logs=[LogEntry.of(row) for row in rows], pagination=pagination))


@router.post(
    "/partners/webhook-logs/resend",
    summary="Resend Webhook",
    response={200: Envelope[Queued], **REFUSALS},
)
@transaction.atomic
def resend(request: PartnerRequest, payload: ResendBody) -> Envelope[Queued]:
    """Send one of an order's events once more, under a new log.

    Only an event that has happened can be resent, and order.cancelled never.
    """
    order = _order_of(request.auth, payload)
    try:
        delivery = announce_again(order, Event(payload.event_type))
    except Delivery.DoesNotExist as error:
        text = f"{payload.event_type} has not happened for this order"
        details = [{"field": "eventType", "message": text}]
        raise InvalidFieldsError(text, details=details) from error
    return Envelope(data=Queued.of(delivery, "Webhook queued for delivery"))


@router.post(
    "/partners/webhook-logs/{webhook_log_id}/retry",
    summary="Retry Webhook",
    response={200: Envelope[Queued], **REFUSALS},
)
def retry(request: PartnerRequest, webhook_log_id: UUID) -> Envelope[Queued]:
    """Try the same log again now; one that was delivered already is left alone."""
    mine = Delivery.objects.filter(order__session__partner=request.auth.id, uuid=webhook_log_id)
    found = mine.first()
    if found is None:
        raise WebhookNotFoundError
    delivery = queue.retry(found)
    arrived = delivery.status == DeliveryStatus.SENT
    message = "Webhook already successfully delivered" if arrived else "Webhook queued for retry"
    return Envelope(data=Queued.of(delivery, message))


def _order_of(partner: Partner, payload: ResendBody) -> Order:
    """Return the order that a body names; ids are opaque, so one that is no UUID is unknown."""
    try:
        wanted = UUID(payload.order_id or payload.session_id or "")
    except ValueError as error:
        raise OrderNotFoundError from error
    name = "session__uuid" if payload.order_id is None else "uuid"
    order = Order.objects.of_partner(partner.id).filter(**{name: wanted}).first()
    if order is None:
        raise OrderNotFoundError
    return order
