"""The paths that older documents name for the same calls."""

from ninja import Query, Router

from . import orders, webhook_logs
from .auth import API_KEY
from .errors import ForbiddenError
from .fields import Envelope
from .request import PartnerRequest
from .responses import OWNED, REFUSALS
from .schemas import LogPage, OrderPage, Queued, ResendBody, RetryBody

router = Router(tags=["Older paths"], by_alias=True, auth=API_KEY)


@router.get(
    "/partners/{partner_id}/orders",
    summary="List Orders",
    deprecated=True,
    response={200: Envelope[OrderPage], **OWNED},
)
def list_orders(
    request: PartnerRequest, partner_id: str, page: Query[orders.OrderQuery]
) -> Envelope[OrderPage]:
    """Return the partner's orders, newest first; 403 for any other partner's."""
    if partner_id != request.auth.id:
        raise ForbiddenError
    return orders.list_orders(request, page)


@router.get(
    "/webhooks/logs",
    summary="Webhook Logs",
    deprecated=True,
    response={200: Envelope[LogPage], **REFUSALS},
)
def list_logs(request: PartnerRequest, page: Query[webhook_logs.LogQuery]) -> Envelope[LogPage]:
    """Return the partner's webhooks, newest first."""
    return webhook_logs.list_logs(request, page)


@router.post(
    "/webhooks/resend",
    summary="Resend Webhook",
    deprecated=True,
    response={200: Envelope[Queued], **REFUSALS},
)
def resend(request: PartnerRequest, payload: ResendBody) -> Envelope[Queued]:
    """Send one of an order's events once more, under a new log."""
    return webhook_logs.resend(request, payload)


@router.post(
    "/partners/webhooks/resend",
    summary="Resend Webhook",
    deprecated=True,
    response={200: Envelope[Queued], **REFUSALS},
)
def partners_resend(request: PartnerRequest, payload: ResendBody) -> Envelope[Queued]:
    """Send one of an order's events once more, under a new log."""
    return webhook_logs.resend(request, payload)


@router.post(
    "/webhooks/retry",
    summary="Retry Webhook",
    deprecated=True,
    response={200: Envelope[Queued], **REFUSALS},
)
def retry(request: PartnerRequest, payload: RetryBody) -> Envelope[Queued]:
    """Try the same log again now; one that was delivered already is left alone."""
    return webhook_logs.retry(request, payload.webhook_log_id)
