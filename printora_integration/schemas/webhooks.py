"""The webhooks that Printora sends. Printora: "Webhooks"."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictStr

from vendor_kit.fields import (
    Amount,
    APIModel,
    Email,
    EmptyAsNone,
    OpaqueId,
    Quantity,
    ShortText,
    Timestamp,
)


class EventType(StrEnum):
    """The webhook events that Printora documents."""

    CREATED = "order.created"
    PAID = "order.paid"
    SHIPPED = "order.shipped"
    DELIVERED = "order.delivered"
    CANCELLED = "order.cancelled"


class Customer(APIModel):
    """The person who ordered."""

    email: Email | None = None
    first_name: StrictStr | None = None
    last_name: StrictStr | None = None
    phone: StrictStr | None = None


class OrderItem(APIModel):
    """One line of an order."""

    product_name: StrictStr | None = None
    quantity: Quantity | None = None
    price: EmptyAsNone[Amount] = None
    variant: StrictStr | None = None
    image_url: StrictStr | None = None


class ShippingAddress(APIModel):
    """The address that an order is sent to."""

    first_name: StrictStr | None = None
    last_name: StrictStr | None = None
    street: StrictStr | None = None
    apartment: StrictStr | None = None
    city: StrictStr | None = None
    state: StrictStr | None = None
    zip_code: StrictStr | None = None
    country: StrictStr | None = None


class OrderCreator(APIModel):
    """The creator whose merch was ordered (flows B and C)."""

    id: StrictStr | None = None
    name: StrictStr | None = None
    slug: StrictStr | None = None


class OrderData(APIModel):
    """The `data` of the five order events; each event sends a part of it."""

    order_id: OpaqueId
    order_number: ShortText | None = None
    status: ShortText | None = None
    payment_status: ShortText | None = None
    payment_method: ShortText | None = None
    payment_url: StrictStr | None = None
    total_amount: EmptyAsNone[Amount] = None
    currency: Annotated[StrictStr, Field(max_length=8)] | None = None
    creator: OrderCreator | None = None
    customer: Customer | None = None
    items: tuple[OrderItem, ...] | None = None
    shipping_address: ShippingAddress | None = None
    partner_image_url: StrictStr | None = None
    carrier: StrictStr | None = None
    tracking_number: StrictStr | None = None
    tracking_url: StrictStr | None = None
    created_at: EmptyAsNone[Timestamp] = None
    paid_at: EmptyAsNone[Timestamp] = None
    shipped_at: EmptyAsNone[Timestamp] = None
    delivered_at: EmptyAsNone[Timestamp] = None


class WebhookPayload(APIModel):
    """One webhook: its session, its event, its time, and the data of the order.

    `data` is None for an event that we do not know: it is stored and changes no order.
    """

    session_id: OpaqueId
    event: OpaqueId
    timestamp: Timestamp
    data: OrderData | None = None

    @property
    def event_type(self) -> EventType | None:
        """Return the event as one that we know, or None."""
        return EventType(self.event) if self.event in tuple(EventType) else None


REQUIRED_FIELDS = ("sessionId", "event", "timestamp", "data")
