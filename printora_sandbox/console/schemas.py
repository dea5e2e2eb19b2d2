"""The requests and responses of the console's API."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from printora_sandbox.api.fields import APIModel, Instant, Text, camel_or_snake
from printora_sandbox.api.pagination import Pagination
from printora_sandbox.api.schemas.orders import OrderSummary
from printora_sandbox.api.schemas.sessions import SessionDetail
from printora_sandbox.models import Attempt, Delivery, Order, autofulfil, faults
from printora_sandbox.webhooks import payloads


class Parcel(BaseModel):
    """The tracking data of a parcel; a missing value is generated."""

    carrier: Text = Field(default="", max_length=64)
    tracking_number: Text = Field(
        default="",
        max_length=128,
        validation_alias=camel_or_snake("trackingNumber", "tracking_number"),
    )
    tracking_url: Text = Field(
        default="", max_length=2048, validation_alias=camel_or_snake("trackingUrl", "tracking_url")
    )


class SessionRow(SessionDetail):
    """A session with all its data."""


class OrderRow(OrderSummary):
    """An order with all its data; the partners' lists have only a part of it."""

    payment_status: str
    payment_method: str | None
    payment_url: str
    customer: payloads.Json
    shipping_address: payloads.Json
    items: list[payloads.Json]
    carrier: str | None
    tracking_number: str | None
    tracking_url: str | None

    @classmethod
    def of(cls, order: Order) -> Self:
        """Return the data of an order."""
        return cls(
            **dict(OrderSummary.of(order)),
            payment_status=order.payment_status,
            payment_method=order.payment_method or None,
            payment_url=order.payment_url,
            customer=payloads.customer_data(order),
            shipping_address=payloads.address_data(order),
            items=payloads.items_data(order),
            carrier=order.carrier or None,
            tracking_number=order.tracking_number or None,
            tracking_url=order.tracking_url or None,
        )


class AttemptRow(APIModel):
    """One attempt to send a webhook."""

    number: int
    started_at: Instant
    duration_ms: int
    http_status: int | None
    error: str | None
    response_body: str = Field(serialization_alias="reply")  # the documented name

    @classmethod
    def of(cls, attempt: Attempt) -> Self:
        """Return the data of an attempt."""
        return cls.model_validate(attempt)


class DeliveryRow(APIModel):
    """A webhook with its exact body and all attempts."""

    id: UUID
    event: str
    status: str
    order_id: UUID
    session_id: UUID
    body: str
    next_attempt_at: Instant | None
    created_at: Instant
    attempts: list[AttemptRow]

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        """Return the data of a delivery; its attempts must be prefetched."""
        return cls(
            id=delivery.uuid,
            event=delivery.event,
            status=delivery.status,
            order_id=delivery.order.uuid,
            session_id=delivery.order.session.uuid,
            body=delivery.body,
            next_attempt_at=delivery.next_attempt_at,
            created_at=delivery.created_at,
            attempts=[AttemptRow.of(attempt) for attempt in delivery.attempts.all()],
        )


class SessionPage(APIModel):
    """One page of sessions."""

    sessions: list[SessionRow]
    pagination: Pagination


class OrderPage(APIModel):
    """One page of orders."""

    orders: list[OrderRow]
    pagination: Pagination


class DeliveryPage(APIModel):
    """One page of webhooks."""

    deliveries: list[DeliveryRow]
    pagination: Pagination


class ResetResult(APIModel):
    """The number of deleted sessions."""

    deleted: int


Percent = Annotated[int, Field(ge=0, le=faults.MAX_PERCENT)]


class FaultSettings(APIModel):
    """The fault settings; a missing fault is off."""

    model_config = ConfigDict(extra="forbid", strict=True)

    latency_ms: int = Field(default=0, ge=0, le=faults.MAX_LATENCY_MS)
    error_percent: Percent = 0
    rate_limit_percent: Percent = 0
    lost_response_percent: Percent = Field(default=0, alias="lostReplyPercent")  # documented name
    webhook_copies: int = Field(default=0, ge=0, le=faults.MAX_COPIES)
    webhook_delay_ms: int = Field(default=0, ge=0, le=faults.MAX_DELAY_MS)
    webhook_shuffle_ms: int = Field(default=0, ge=0, le=faults.MAX_DELAY_MS)
    webhook_drop_percent: Percent = 0
    webhook_bad_signature_percent: Percent = 0
    snake_case: bool = False
    unknown_events: bool = False
    extra_fields: bool = False


Seconds = Annotated[int, Field(ge=0, le=autofulfil.MAX_DELAY_SECONDS)]


class FulfilmentSettings(APIModel):
    """The auto-fulfilment settings; a missing field gets its default."""

    model_config = ConfigDict(extra="forbid", strict=True)

    enabled: bool = False
    ship_after_seconds: Seconds = 10
    deliver_after_seconds: Seconds = 20
