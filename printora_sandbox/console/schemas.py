"""What the desk shows to scripts."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from printora_sandbox import events
from printora_sandbox.api.fields import Instant, Reply, Text, either
from printora_sandbox.api.paging import Pagination
from printora_sandbox.api.schemas import OrderSummary
from printora_sandbox.api.session_schemas import SessionDetail
from printora_sandbox.models import Attempt, Delivery, Order, autofulfil, faults


class Parcel(BaseModel):
    """What the carrier knows of a parcel; what is left out is made up."""

    carrier: Text = Field(default="", max_length=64)
    tracking_number: Text = Field(
        default="", max_length=128, validation_alias=either("trackingNumber", "tracking_number")
    )
    tracking_url: Text = Field(
        default="", max_length=2048, validation_alias=either("trackingUrl", "tracking_url")
    )


class SessionRow(SessionDetail):
    """A session, all of it."""


class OrderRow(OrderSummary):
    """An order with everything the lists for partners leave out."""

    payment_status: str
    payment_method: str | None
    payment_url: str
    customer: events.Json
    shipping_address: events.Json
    items: list[events.Json]
    carrier: str | None
    tracking_number: str | None
    tracking_url: str | None

    @classmethod
    def of(cls, order: Order) -> Self:
        """Show an order to its operator."""
        return cls(
            **dict(OrderSummary.of(order)),
            payment_status=order.payment_status,
            payment_method=order.payment_method or None,
            payment_url=order.payment_url,
            customer=events.customer_of(order),
            shipping_address=events.address_of(order),
            items=events.items_of(order),
            carrier=order.carrier or None,
            tracking_number=order.tracking_number or None,
            tracking_url=order.tracking_url or None,
        )


class AttemptRow(Reply):
    """One attempt at a webhook."""

    number: int
    started_at: Instant
    duration_ms: int
    http_status: int | None
    error: str | None
    reply: str

    @classmethod
    def of(cls, attempt: Attempt) -> Self:
        """Show an attempt."""
        return cls.model_validate(attempt)


class DeliveryRow(Reply):
    """A webhook, its exact body and every attempt at it."""

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
        """Show a delivery; its attempts must be prefetched."""
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


class SessionPage(Reply):
    """One page of sessions."""

    sessions: list[SessionRow]
    pagination: Pagination


class OrderPage(Reply):
    """One page of orders."""

    orders: list[OrderRow]
    pagination: Pagination


class DeliveryPage(Reply):
    """One page of webhooks."""

    deliveries: list[DeliveryRow]
    pagination: Pagination


class Reset(Reply):
    """How many sessions were forgotten."""

    deleted: int


Percent = Annotated[int, Field(ge=0, le=faults.PERCENT_MAX)]


class FaultSettings(Reply):
    """Every fault; what a body leaves out is off."""

    model_config = ConfigDict(extra="forbid", strict=True)

    latency_ms: int = Field(default=0, ge=0, le=faults.LATENCY_MAX_MS)
    error_percent: Percent = 0
    rate_limit_percent: Percent = 0
    lost_reply_percent: Percent = 0
    webhook_copies: int = Field(default=0, ge=0, le=faults.COPIES_MAX)
    webhook_delay_ms: int = Field(default=0, ge=0, le=faults.DELAY_MAX_MS)
    webhook_shuffle_ms: int = Field(default=0, ge=0, le=faults.DELAY_MAX_MS)
    webhook_drop_percent: Percent = 0
    webhook_bad_signature_percent: Percent = 0
    snake_case: bool = False
    unknown_events: bool = False
    extra_fields: bool = False


Seconds = Annotated[int, Field(ge=0, le=autofulfil.AFTER_MAX_SECONDS)]


class FulfilmentSettings(Reply):
    """Whether orders move on by themselves; what a body leaves out is as it was at first."""

    model_config = ConfigDict(extra="forbid", strict=True)

    enabled: bool = False
    ship_after_seconds: Seconds = 10
    deliver_after_seconds: Seconds = 20
