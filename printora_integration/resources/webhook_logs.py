"""Read Printora's log of webhooks, and ask for some again."""

from collections.abc import Iterator, Sequence

from printora_integration.arguments import (
    endpoint,
    require_exactly_one,
    require_member,
    require_page,
    require_text,
    without_none,
)
from printora_integration.exceptions import ArgumentError
from printora_integration.notices import EventType
from printora_integration.replies import parse
from printora_integration.schemas import DeliveryStatus, Redelivery, WebhookLog, WebhookLogPage
from printora_integration.wire import Pagination

from .base import QUEUED, Resource
from .paging import walk


class WebhookLogs(Resource):
    """Read Printora's log of webhooks, and ask for some again. Printora: "Webhook"."""

    def list(
        self,
        *,
        limit: int = 20,
        offset: int = 0,
        status: str | None = None,
        event_type: str | None = None,
    ) -> WebhookLogPage:
        """Return one page of logs, newest first: `limit` (1 to 100) after the first `offset`.

        `status` is a DeliveryStatus, `event_type` an EventType. Printora: "Webhook", "Logs".
        """
        require_page(limit=limit, offset=offset)
        require_member("status", status, DeliveryStatus)
        require_member("event_type", event_type, EventType)
        params = without_none(limit=limit, offset=offset, status=status, event_type=event_type)
        reply = self._call("GET", endpoint("partners/webhook-logs"), params=params)
        return parse(WebhookLogPage, reply)

    def iterate(
        self, *, status: str | None = None, event_type: str | None = None
    ) -> Iterator[WebhookLog]:
        """Yield every log, each once, though rows shift between pages; newest first.

        One call a page of 100, made as you go. Printora: "Webhook", "Logs".
        """

        def fetch(limit: int, offset: int) -> tuple[Sequence[WebhookLog], Pagination]:
            page = self.list(limit=limit, offset=offset, status=status, event_type=event_type)
            return page.logs, page.pagination

        return walk(fetch)

    def resend(
        self, *, event_type: str, session_id: str | None = None, order_id: str | None = None
    ) -> Redelivery:
        """Ask for an event again, as a new log; name exactly one of session and order.

        Printora cannot resend `order.cancelled`: only the orders list tells of it. Raises
        NotFoundError for an order that is not ours. Printora: "Webhook", "Resend".
        """
        require_exactly_one(session_id=session_id, order_id=order_id)
        require_text(
            "order_id" if session_id is None else "session_id", session_id or order_id, longest=128
        )
        require_text("event_type", event_type)
        require_member("event_type", event_type, EventType)
        if event_type == EventType.CANCELLED:
            raise ArgumentError("event_type order.cancelled cannot be resent: read the orders.")
        body = without_none(sessionId=session_id, orderId=order_id, eventType=event_type)
        path = endpoint("partners/webhook-logs/resend")
        return parse(Redelivery, self._call("POST", path, json=body, accept=QUEUED))

    def retry(self, log_id: str) -> Redelivery:
        """Ask for the webhook of one log to be sent again now; one that arrived says `sent`.

        Raises NotFoundError for a log that is not ours. Printora: "Webhook", "Retry".
        """
        path = endpoint("partners/webhook-logs/{log_id}/retry", log_id=log_id)
        return parse(Redelivery, self._call("POST", path, accept=QUEUED))
