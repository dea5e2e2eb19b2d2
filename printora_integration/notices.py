"""Model the webhooks that Printora sends. Printora: "Webhooks"."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictStr

from .wire import Amount, Email, Moment, OpaqueId, OrEmpty, Quantity, ShortText, Wire


class EventType(StrEnum):
    """Name the webhook events that Printora documents."""

    CREATED = "order.created"
    PAID = "order.paid"
    SHIPPED = "order.shipped"
    DELIVERED = "order.delivered"
    CANCELLED = "order.cancelled"


class Customer(Wire):
    """Hold who ordered."""

    email: Email | None = None
    first_name: StrictStr | None = None
    last_name: StrictStr | None = None
    phone: StrictStr | None = None


class OrderItem(Wire):
    """Hold one line of an order."""

    product_name: StrictStr | None = None
    quantity: Quantity | None = None
    price: OrEmpty[Amount] = None
    variant: StrictStr | None = None
    image_url: StrictStr | None = None


class ShippingAddress(Wire):
    """Hold where an order goes."""

    first_name: StrictStr | None = None
    last_name: StrictStr | None = None
    street: StrictStr | None = None
    apartment: StrictStr | None = None
    city: StrictStr | None = None
    state: StrictStr | None = None
    zip_code: StrictStr | None = None
    country: StrictStr | None = None


class OrderCreator(Wire):
    """Name the creator whose merch was ordered (flows B and C)."""

    id: StrictStr | None = None
    name: StrictStr | None = None
    slug: StrictStr | None = None


class OrderData(Wire):
    """Hold the `data` of the five order events; each sends the part it knows."""

    order_id: OpaqueId
    order_number: ShortText | None = None
    status: ShortText | None = None
    payment_status: ShortText | None = None
    payment_method: ShortText | None = None
    payment_url: StrictStr | None = None
    total_amount: OrEmpty[Amount] = None
    currency: Annotated[StrictStr, Field(max_length=8)] | None = None
    creator: OrderCreator | None = None
    customer: Customer | None = None
    items: tuple[OrderItem, ...] | None = None
    shipping_address: ShippingAddress | None = None
    partner_image_url: StrictStr | None = None
    carrier: StrictStr | None = None
    tracking_number: StrictStr | None = None
    tracking_url: StrictStr | None = None
    created_at: OrEmpty[Moment] = None
    paid_at: OrEmpty[Moment] = None
    shipped_at: OrEmpty[Moment] = None
    delivered_at: OrEmpty[Moment] = None


class WebhookNotice(Wire):
    """Hold one webhook: which session, which event, when, and the order's facts.

    `data` is None for an event that we do not know: it is stored and changes no order.
    """

    session_id: OpaqueId
    event: OpaqueId
    timestamp: Moment
    data: OrderData | None = None

    @property
    def event_type(self) -> EventType | None:
        """Return the event as one that we know, or None."""
        return EventType(self.event) if self.event in tuple(EventType) else None


REQUIRED_FIELDS = ("sessionId", "event", "timestamp", "data")
