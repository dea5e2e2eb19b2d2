"""The legacy routes: the same calls under the paths of older documents."""

from ninja import Query, Router

from . import orders, webhook_logs
from .auth import API_KEY
from .errors import ForbiddenError
from .fields import Envelope
from .request import PartnerRequest
from .responses import OBJECT_ERRORS, PARTNER_ERRORS
from .schemas.orders import OrderPage
from .schemas.webhook_logs import LogPage, QueuedWebhook, ResendBody, RetryBody

router = Router(tags=["Legacy routes"], by_alias=True, auth=API_KEY)


@router.get(
    "/partners/{partner_id}/orders",
    summary="List Orders",
    deprecated=True,
    response={200: Envelope[OrderPage], **OBJECT_ERRORS},
)
def list_orders(
    request: PartnerRequest, partner_id: str, page: Query[orders.OrderQuery]
) -> Envelope[OrderPage]:
    """Return the partner's orders, newest first; another partner's id is a 403."""
    if partner_id != request.auth.id:
        raise ForbiddenError
    return orders.list_orders(request, page)


@router.get(
    "/webhooks/logs",
    summary="Webhook Logs",
    deprecated=True,
    response={200: Envelope[LogPage], **PARTNER_ERRORS},
)
def list_logs(request: PartnerRequest, page: Query[webhook_logs.LogQuery]) -> Envelope[LogPage]:
    """Return the partner's webhooks, newest first."""
    return webhook_logs.list_logs(request, page)


@router.post(
    "/webhooks/resend",
    summary="Resend Webhook",
    deprecated=True,
    response={200: Envelope[QueuedWebhook], **PARTNER_ERRORS},
)
def resend(request: PartnerRequest, payload: ResendBody) -> Envelope[QueuedWebhook]:
    """Send one of an order's events again, with a new log."""
    return webhook_logs.resend(request, payload)


@router.post(
    "/partners/webhooks/resend",
    summary="Resend Webhook",
    deprecated=True,
    response={200: Envelope[QueuedWebhook], **PARTNER_ERRORS},
)
def partners_resend(request: PartnerRequest, payload: ResendBody) -> Envelope[QueuedWebhook]:
    """Send one of an order's events again, with a new log."""
    return webhook_logs.resend(request, payload)


@router.post(
    "/webhooks/retry",
    summary="Retry Webhook",
    deprecated=True,
    response={200: Envelope[QueuedWebhook], **PARTNER_ERRORS},
)
def retry(request: PartnerRequest, payload: RetryBody) -> Envelope[QueuedWebhook]:
    """Send a log's webhook again now, unless it was already delivered."""
    return webhook_logs.retry(request, payload.webhook_log_id)
