"""The entries of Printora's webhook log; they are read from Printora, and nothing is stored."""

from dataclasses import dataclass, field

from django.http import QueryDict

from orders.models import Order
from printora_integration.client import get_client
from printora_integration.exceptions import PrintoraError
from printora_integration.schemas.api import DeliveryStatus, WebhookLog
from printora_integration.schemas.webhooks import EventType
from vendor_kit.responses import RateLimit

from .redelivery import RESENDABLE

PAGE_SIZE = 25
MAX_SEARCHED = 100  # the newest entries: as many as Printora returns at once
_MAX_OFFSET = 10**6


@dataclass
class Entry:
    """One entry of the log, its order, and what staff may request for it."""

    log: WebhookLog
    order: Order | None

    @property
    def can_retry(self) -> bool:
        """Return whether a retry makes sense: not for what has arrived."""
        return self.log.status != DeliveryStatus.SENT

    @property
    def can_resend(self) -> bool:
        """Return whether Printora can send this event as a new entry."""
        return bool(self.log.session_id) and self.log.event_type in RESENDABLE


@dataclass
class EntryPage:
    """One page of the log; or, in `error`, why there is none."""

    entries: list[Entry] = field(default_factory=list)
    error: PrintoraError | None = None
    next_url: str = ""
    previous_url: str = ""
    rate_limit: RateLimit | None = None


def entry_page(query: QueryDict) -> EntryPage:
    """Return the page that the query string names; an error of Printora's is in the page."""
    offset = _read_offset(query)
    client = get_client()
    try:
        page = client.webhook_logs.list(
            limit=PAGE_SIZE,
            offset=offset,
            status=_one_of(query.get("status"), list(DeliveryStatus)),
            event_type=_one_of(query.get("event_type"), list(EventType)),
        )
    except PrintoraError as error:
        return EntryPage(error=error, rate_limit=client.rate_limit)
    has_more = page.pagination.has_more_after(len(page.logs), limit=PAGE_SIZE)
    return EntryPage(
        _with_orders(page.logs),
        next_url=_address(query, offset + PAGE_SIZE) if has_more else "",
        previous_url=_address(query, max(offset - PAGE_SIZE, 0)) if offset else "",
        rate_limit=client.rate_limit,
    )


def entries_of_session(session_id: str) -> EntryPage:
    """Return the newest entries of one session: Printora cannot filter by it."""
    client = get_client()
    try:
        page = client.webhook_logs.list(limit=MAX_SEARCHED)
    except PrintoraError as error:
        return EntryPage(error=error, rate_limit=client.rate_limit)
    logs = tuple(log for log in page.logs if log.session_id == session_id)
    return EntryPage(_with_orders(logs), rate_limit=client.rate_limit)


def _with_orders(logs: tuple[WebhookLog, ...]) -> list[Entry]:
    orders = Order.objects.only("session_id", "order_id", "order_number").in_bulk(
        [log.session_id for log in logs if log.session_id], field_name="session_id"
    )
    return [Entry(log, orders.get(log.session_id or "")) for log in logs]


def _one_of(value: str | None, allowed: list[str]) -> str | None:
    return value if value in allowed else None


def _read_offset(query: QueryDict) -> int:
    value = query.get("offset", "")
    return min(int(value), _MAX_OFFSET) if value.isdecimal() and len(value) < 10 else 0


def _address(query: QueryDict, offset: int) -> str:
    query = query.copy()
    query["offset"] = str(offset)
    return f"?{query.urlencode()}"
