"""``/partners/webhook-logs``: what the partner was told, and whether it arrived."""

from ninja import Query, Router

from printora_sandbox.models import Delivery, DeliveryStatus, Event

from .auth import API_KEY
from .fields import Envelope
from .paging import PageQuery, cut
from .request import PartnerRequest
from .responses import REFUSALS
from .schemas import LogEntry, LogPage

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
