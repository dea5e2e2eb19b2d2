"""Printora's log of webhooks: read it, and ask for some again."""

from collections.abc import Iterator

from printora_integration.schemas.api import (
    DeliveryStatus,
    Redelivery,
    WebhookLog,
    WebhookLogPage,
)
from printora_integration.schemas.webhooks import EventType
from vendor_kit.arguments import (
    MAX_ID_LENGTH,
    quote_path,
    require_choice,
    require_exactly_one,
    require_page,
    require_text,
    without_none,
)
from vendor_kit.exceptions import ArgumentError
from vendor_kit.paging import iterate_pages
from vendor_kit.responses import parse

from .base import QUEUED, Resource


class WebhookLogs(Resource):
    """Printora's log of the webhooks that it sent us.

    Printora: https://docs.printora.ai/partner-api, "Webhook".
    """

    def list(
        self,
        *,
        limit: int = 20,
        offset: int = 0,
        status: str | None = None,
        event_type: str | None = None,
    ) -> WebhookLogPage:
        """Return one page of logs, newest first: `limit` (1 to 100) after the first `offset`.

        `status` is a DeliveryStatus, `event_type` an EventType.
        Printora: https://docs.printora.ai/partner-api, `GET /partners/webhook-logs`.
        """
        require_page(limit=limit, offset=offset)
        require_choice("status", status, DeliveryStatus)
        require_choice("event_type", event_type, EventType)
        params = without_none(limit=limit, offset=offset, status=status, event_type=event_type)
        return parse(WebhookLogPage, self._request("GET", "partners/webhook-logs", params=params))

    def iterate(
        self, *, status: str | None = None, event_type: str | None = None
    ) -> Iterator[WebhookLog]:
        """Yield every log, each once, though rows shift between pages; newest first.

        One call a page of 100, made as you go.
        Printora: https://docs.printora.ai/partner-api, `GET /partners/webhook-logs`.
        """
        return iterate_pages(
            lambda limit, offset: self.list(
                limit=limit, offset=offset, status=status, event_type=event_type
            )
        )

    def resend(
        self, *, event_type: str, session_id: str | None = None, order_id: str | None = None
    ) -> Redelivery:
        """Ask for an event again, as a new log; name exactly one of session and order.

        Printora cannot resend `order.cancelled`: only the list of orders shows it. Raises
        NotFoundError for an order that is not ours.
        Printora: https://docs.printora.ai/partner-api, `POST /partners/webhook-logs/resend`.
        """
        require_exactly_one(session_id=session_id, order_id=order_id)
        argument = "order_id" if session_id is None else "session_id"
        require_text(argument, session_id or order_id, max_length=MAX_ID_LENGTH)
        require_text("event_type", event_type)
        require_choice("event_type", event_type, EventType)
        if event_type == EventType.CANCELLED:
            raise ArgumentError("event_type order.cancelled cannot be resent: read the orders.")
        body = without_none(sessionId=session_id, orderId=order_id, eventType=event_type)
        record = self._request("POST", "partners/webhook-logs/resend", json=body, accept=QUEUED)
        return parse(Redelivery, record)

    def retry(self, log_id: str) -> Redelivery:
        """Ask for the webhook of one log to be sent again now; one that arrived says `sent`.

        Raises NotFoundError for a log that is not ours.
        Printora: https://docs.printora.ai/partner-api, `POST /partners/webhook-logs/:id/retry`.
        """
        path = quote_path("partners/webhook-logs/{log_id}/retry", log_id=log_id)
        return parse(Redelivery, self._request("POST", path, accept=QUEUED))
