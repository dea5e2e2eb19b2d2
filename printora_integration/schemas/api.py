"""What Printora's API returns: sessions, orders and webhook logs.

Only what a caller needs is required and strict. Any other field that is missing or invalid is None,
so that a change on Printora's side does not lose the rest. Statuses are text: Printora may add
some. A field that holds a token is left out of `repr()`.
"""

from enum import StrEnum

from pydantic import Field, JsonValue, StrictBool, StrictStr

from vendor_kit.fields import (
    Amount,
    APIModel,
    Lenient,
    OpaqueId,
    Pagination,
    Quantity,
    ShortText,
    Timestamp,
)


class OrderStatus(StrEnum):
    """The states of an order."""

    PENDING = "pending"
    PAID = "paid"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class DeliveryStatus(StrEnum):
    """The states of a webhook's delivery."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    RETRYING = "retrying"


class OrderSummary(APIModel):
    """An order as lists show it: without customer, address and tracking."""

    id: OpaqueId
    order_number: Lenient[ShortText] = None
    status: Lenient[ShortText] = None  # an OrderStatus, or newer
    total_amount: Lenient[Amount] = None
    currency: Lenient[ShortText] = None
    source: Lenient[ShortText] = None
    partnership_history_id: Lenient[OpaqueId] = None  # the session's id
    created_at: Lenient[Timestamp] = None
    updated_at: Lenient[Timestamp] = None

    @property
    def session_id(self) -> str | None:
        """Return the id of the session that made the order."""
        return self.partnership_history_id


class OrderPage(APIModel):
    """One page of orders, newest first."""

    orders: tuple[OrderSummary, ...]
    pagination: Pagination = Pagination()

    @property
    def rows(self) -> tuple[OrderSummary, ...]:
        """Return the orders."""
        return self.orders


class WebhookLog(APIModel):
    """A webhook and the state of its delivery."""

    id: OpaqueId
    event_type: Lenient[ShortText] = None  # a schemas.webhooks.EventType, or newer
    status: Lenient[ShortText] = None  # a DeliveryStatus, or newer
    http_status_code: Lenient[Quantity] = None  # what our endpoint answered
    attempt_count: Lenient[Quantity] = None
    last_attempt_at: Lenient[Timestamp] = None
    next_retry_at: Lenient[Timestamp] = None
    response_data: JsonValue = None
    error_message: Lenient[StrictStr] = None
    order_id: Lenient[OpaqueId] = None
    partnership_history_id: Lenient[OpaqueId] = None  # the session's id
    created_at: Lenient[Timestamp] = None

    @property
    def session_id(self) -> str | None:
        """Return the id of the session that the webhook is about."""
        return self.partnership_history_id


class WebhookLogPage(APIModel):
    """One page of webhook logs, newest first."""

    logs: tuple[WebhookLog, ...]
    pagination: Pagination = Pagination()

    @property
    def rows(self) -> tuple[WebhookLog, ...]:
        """Return the logs."""
        return self.logs


class Redelivery(APIModel):
    """The response to a resend or a retry."""

    webhook_log_id: OpaqueId
    event_type: Lenient[ShortText] = None
    status: Lenient[ShortText] = None  # `pending`, or `sent` where there was nothing to do
    message: Lenient[StrictStr] = None


class CartItem(APIModel):
    """One entry of a session's cart (flow C)."""

    merch_id: Lenient[OpaqueId] = None
    product_id: Lenient[OpaqueId] = None
    variant_id: Lenient[OpaqueId] = None
    quantity: Lenient[Quantity] = None
    price: Lenient[Amount] = None


class SessionMerch(APIModel):
    """The merch item of a session (flow C), as far as a session needs it."""

    id: OpaqueId
    title: Lenient[StrictStr] = None
    design_image_url: Lenient[StrictStr] = None
    stock_limit: Lenient[Quantity] = None  # None is unlimited
    stock_remaining: Lenient[Quantity] = None


class PartnerSession(APIModel):
    """The response of `POST /partner-session` and `GET /partner-session/:id`."""

    session_id: OpaqueId
    redirect_url: StrictStr | None = Field(default=None, repr=False)
    image_url: Lenient[StrictStr] = None
    session_mode: Lenient[StrictStr] = None  # image, creator or merch
    creator_id: Lenient[StrictStr] = None
    status: Lenient[StrictStr] = None  # pending, active, completed, expired, cancelled, or newer
    created_at: Lenient[Timestamp] = None
    order: Lenient[OrderSummary] = None
    merch: Lenient[SessionMerch] = None  # flow C
    cart_items: Lenient[tuple[CartItem, ...]] = None  # flow C


class SessionByToken(APIModel):
    """The response of `GET /partner-session/by-token/:token`: whether the link still works."""

    is_valid: StrictBool
    is_completed: Lenient[StrictBool] = None
    session_id: Lenient[OpaqueId] = None
    session_mode: Lenient[StrictStr] = None
    status: Lenient[StrictStr] = None
    image_url: Lenient[StrictStr] = None
    expires_at: Lenient[Timestamp] = None
