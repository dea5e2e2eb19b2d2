"""``/partners/webhook-logs``: the webhooks for the partner and their deliveries."""

from uuid import UUID

from django.db import transaction
from ninja import Query, Router

from printora_sandbox.models import Delivery, DeliveryStatus, Event, Order
from printora_sandbox.partners import Partner
from printora_sandbox.webhooks import queue
from printora_sandbox.webhooks.events import resend_event

from .auth import API_KEY
from .errors import OrderNotFoundError, WebhookNotFoundError, field_error
from .fields import Envelope
from .pagination import PageQuery, paginate
from .request import PartnerRequest
from .responses import PARTNER_ERRORS
from .schemas.webhook_logs import LogEntry, LogPage, QueuedWebhook, ResendBody

router = Router(tags=["Webhook management"], by_alias=True, auth=API_KEY)


class LogQuery(PageQuery):
    """The page and the filters of a list of webhook logs."""

    status: DeliveryStatus | None = None
    event_type: Event | None = None


@router.get(
    "/partners/webhook-logs",
    summary="Webhook Logs",
    response={200: Envelope[LogPage], **PARTNER_ERRORS},
)
def list_logs(request: PartnerRequest, page: Query[LogQuery]) -> Envelope[LogPage]:
    """Return the partner's webhooks, newest first."""
    deliveries = Delivery.objects.with_attempts().filter(order__session__partner=request.auth.id)
    if page.status:
        deliveries = deliveries.filter(status=page.status)
    if page.event_type:
        deliveries = deliveries.filter(event=page.event_type)
    rows, pagination = paginate(deliveries, page)
    return Envelope(data=LogPage(logs=[LogEntry.of(row) for row in rows], pagination=pagination))


@router.post(
    "/partners/webhook-logs/resend",
    summary="Resend Webhook",
    response={200: Envelope[QueuedWebhook], **PARTNER_ERRORS},
)
@transaction.atomic
def resend(request: PartnerRequest, payload: ResendBody) -> Envelope[QueuedWebhook]:
    """Send one of an order's events again, with a new log.

    Only an event that has happened can be resent, and never order.cancelled.
    """
    order = _order_of(request.auth, payload)
    try:
        delivery = resend_event(order, Event(payload.event_type))
    except Delivery.DoesNotExist as error:
        message = f"{payload.event_type} has not happened for this order"
        raise field_error("eventType", message) from error
    return Envelope(data=QueuedWebhook.of(delivery, "Webhook queued for delivery"))


@router.post(
    "/partners/webhook-logs/{webhook_log_id}/retry",
    summary="Retry Webhook",
    response={200: Envelope[QueuedWebhook], **PARTNER_ERRORS},
)
def retry(request: PartnerRequest, webhook_log_id: UUID) -> Envelope[QueuedWebhook]:
    """Send a log's webhook again now, unless it was already delivered."""
    deliveries = Delivery.objects.filter(order__session__partner=request.auth.id)
    found = deliveries.filter(uuid=webhook_log_id).first()
    if found is None:
        raise WebhookNotFoundError
    delivery = queue.retry(found)
    delivered = delivery.status == DeliveryStatus.SENT
    message = "Webhook already successfully delivered" if delivered else "Webhook queued for retry"
    return Envelope(data=QueuedWebhook.of(delivery, message))


def _order_of(partner: Partner, payload: ResendBody) -> Order:
    """Return the order of a resend request; an id that is no UUID is unknown."""
    try:
        order_id = UUID(payload.order_id or payload.session_id or "")
    except ValueError as error:
        raise OrderNotFoundError from error
    name = "session__uuid" if payload.order_id is None else "uuid"
    order = Order.objects.of_partner(partner.id).filter(**{name: order_id}).first()
    if order is None:
        raise OrderNotFoundError
    return order
