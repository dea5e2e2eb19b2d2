"""Read Printora's log of the webhooks it sent us; it keeps the log, we keep nothing of it."""

from dataclasses import dataclass, field

from django.http import QueryDict

from printora_integration.client import get_client
from printora_integration.exceptions import PrintoraError
from printora_integration.schemas.api import DeliveryStatus, WebhookLog
from printora_integration.schemas.webhooks import EventType
from vendor_kit.responses import RateLimit

from .models import Order
from .redelivery import RESENDABLE
from .vendor_words import explain

PAGE_SIZE = 25
NEWEST = 100  # as many as Printora gives at once
_FARTHEST = 10**6


@dataclass
class Delivery:
    """Hold one line of the log, the order it is about, and what may be asked for."""

    log: WebhookLog
    order: Order | None

    @property
    def can_retry(self) -> bool:
        """Tell whether trying it again makes sense: not what has arrived."""
        return self.log.status != DeliveryStatus.SENT

    @property
    def can_resend(self) -> bool:
        """Tell whether Printora can make a new delivery of this event."""
        return bool(self.log.session_id) and self.log.event_type in RESENDABLE


@dataclass
class DeliveryPage:
    """Hold one page of the log; or, in `problem`, why there is none."""

    deliveries: list[Delivery] = field(default_factory=list)
    problem: str = ""
    next_url: str = ""
    previous_url: str = ""
    rate_limit: RateLimit | None = None


def delivery_page(query: QueryDict) -> DeliveryPage:
    """Return the page that the address asks for; never raises for what Printora does."""
    offset = _offset(query)
    client = get_client()
    try:
        page = client.webhook_logs.list(
            limit=PAGE_SIZE,
            offset=offset,
            status=_one_of(query.get("status"), list(DeliveryStatus)),
            event_type=_one_of(query.get("event_type"), list(EventType)),
        )
    except PrintoraError as error:
        return DeliveryPage(problem=explain(error), rate_limit=client.rate_limit)
    has_more = page.pagination.has_more_after(len(page.logs), limit=PAGE_SIZE)
    return DeliveryPage(
        _with_orders(page.logs),
        next_url=_address(query, offset + PAGE_SIZE) if has_more else "",
        previous_url=_address(query, max(offset - PAGE_SIZE, 0)) if offset else "",
        rate_limit=client.rate_limit,
    )


def deliveries_of(session_id: str) -> DeliveryPage:
    """Return what the newest part of the log holds of one session: Printora cannot filter by it."""
    client = get_client()
    try:
        page = client.webhook_logs.list(limit=NEWEST)
    except PrintoraError as error:
        return DeliveryPage(problem=explain(error), rate_limit=client.rate_limit)
    logs = tuple(log for log in page.logs if log.session_id == session_id)
    return DeliveryPage(_with_orders(logs), rate_limit=client.rate_limit)


def _with_orders(logs: tuple[WebhookLog, ...]) -> list[Delivery]:
    orders = Order.objects.only("session_id", "order_id", "order_number").in_bulk(
        [log.session_id for log in logs if log.session_id], field_name="session_id"
    )
    return [Delivery(log, orders.get(log.session_id or "")) for log in logs]


def _one_of(value: str | None, allowed: list[str]) -> str | None:
    return value if value in allowed else None


def _offset(query: QueryDict) -> int:
    value = query.get("offset", "")
    return min(int(value), _FARTHEST) if value.isdecimal() and len(value) < 10 else 0


def _address(query: QueryDict, offset: int) -> str:
    query = query.copy()
    query["offset"] = str(offset)
    return f"?{query.urlencode()}"
