"""Model what Printora's API replies about sessions, orders and webhooks; `goods.py` has the rest.

Only what a caller cannot do without is required and strict; any other field that is missing or odd
is None, so that a change on Printora's side does not lose the rest. Statuses are text: Printora may
add some. What holds a token is left out of `repr()`.
"""

from enum import StrEnum

from pydantic import Field, JsonValue, StrictBool, StrictStr

from .goods import Merch
from .wire import Amount, Moment, OpaqueId, OrOdd, Pagination, Quantity, ShortText, Wire


class OrderStatus(StrEnum):
    """Name the states of an order."""

    PENDING = "pending"
    PAID = "paid"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class DeliveryStatus(StrEnum):
    """Name the states of a webhook's delivery."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    RETRYING = "retrying"


class OrderSummary(Wire):
    """Hold an order as lists show it: without customer, address and tracking."""

    id: OpaqueId
    order_number: OrOdd[ShortText] = None
    status: OrOdd[ShortText] = None  # an OrderStatus, or newer
    total_amount: OrOdd[Amount] = None
    currency: OrOdd[ShortText] = None
    source: OrOdd[ShortText] = None
    partnership_history_id: OrOdd[OpaqueId] = None  # the session's id
    created_at: OrOdd[Moment] = None
    updated_at: OrOdd[Moment] = None

    @property
    def session_id(self) -> str | None:
        """Return the id of the session that made the order."""
        return self.partnership_history_id


class OrderPage(Wire):
    """Hold one page of orders, newest first."""

    orders: tuple[OrderSummary, ...]
    pagination: Pagination = Pagination()


class WebhookLog(Wire):
    """Hold a webhook and how its delivery goes."""

    id: OpaqueId
    event_type: OrOdd[ShortText] = None  # a notices.EventType, or newer
    status: OrOdd[ShortText] = None  # a DeliveryStatus, or newer
    http_status_code: OrOdd[Quantity] = None  # what our endpoint answered
    attempt_count: OrOdd[Quantity] = None
    last_attempt_at: OrOdd[Moment] = None
    next_retry_at: OrOdd[Moment] = None
    response_data: JsonValue = None
    error_message: OrOdd[StrictStr] = None
    order_id: OrOdd[OpaqueId] = None
    partnership_history_id: OrOdd[OpaqueId] = None  # the session's id
    created_at: OrOdd[Moment] = None

    @property
    def session_id(self) -> str | None:
        """Return the id of the session that the webhook is about."""
        return self.partnership_history_id


class WebhookLogPage(Wire):
    """Hold one page of webhook logs, newest first."""

    logs: tuple[WebhookLog, ...]
    pagination: Pagination = Pagination()


class Redelivery(Wire):
    """Hold what a resend or a retry answers."""

    webhook_log_id: OpaqueId
    event_type: OrOdd[ShortText] = None
    status: OrOdd[ShortText] = None  # `pending`, or `sent` where there was nothing to do
    message: OrOdd[StrictStr] = None


class CartItem(Wire):
    """Hold what a session's cart was filled with (flow C)."""

    merch_id: OrOdd[OpaqueId] = None
    product_id: OrOdd[OpaqueId] = None
    variant_id: OrOdd[OpaqueId] = None
    quantity: OrOdd[Quantity] = None
    price: OrOdd[Amount] = None


class PartnerSession(Wire):
    """Hold what `POST /partner-session` and `GET /partner-session/:id` answer."""

    session_id: OpaqueId
    redirect_url: StrictStr | None = Field(default=None, repr=False)
    image_url: OrOdd[StrictStr] = None
    session_mode: OrOdd[StrictStr] = None  # image, creator or merch
    creator_id: OrOdd[StrictStr] = None
    status: OrOdd[StrictStr] = None  # pending, active, completed, expired, cancelled, or newer
    created_at: OrOdd[Moment] = None
    order: OrOdd[OrderSummary] = None
    merch: OrOdd[Merch] = None  # flow C
    cart_items: OrOdd[tuple[CartItem, ...]] = None  # flow C


class SessionByToken(Wire):
    """Hold what `GET /partner-session/by-token/:token` answers: whether the link still works."""

    is_valid: StrictBool
    is_completed: OrOdd[StrictBool] = None
    session_id: OrOdd[OpaqueId] = None
    session_mode: OrOdd[StrictStr] = None
    status: OrOdd[StrictStr] = None
    image_url: OrOdd[StrictStr] = None
    expires_at: OrOdd[Moment] = None
