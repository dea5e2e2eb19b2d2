"""What partners send and what they get back, field by field as the vendor documents it."""

from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from printora_sandbox.models import Delivery, Order

from .fields import Amount, Instant, Reply, Text, either
from .paging import Pagination


class OrderSummary(Reply):
    """An order as lists show it: no customer, no address, no tracking."""

    id: UUID
    order_number: str
    status: str
    total_amount: Amount
    currency: str
    source: str = "partner"
    partnership_history_id: UUID
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, order: Order) -> Self:
        """Show an order; its session must be loaded."""
        return cls(
            id=order.uuid,
            order_number=order.number,
            status=order.status,
            total_amount=order.total_amount,
            currency=order.currency,
            partnership_history_id=order.session.uuid,
            created_at=order.created_at,
            updated_at=order.updated_at,
        )


class OrderPage(Reply):
    """One page of orders."""

    orders: list[OrderSummary]
    pagination: Pagination


class LogEntry(Reply):
    """A webhook and how its delivery goes."""

    id: UUID
    event_type: str
    status: str
    http_status_code: int | None
    attempt_count: int
    last_attempt_at: Instant | None
    next_retry_at: Instant | None
    response_data: Any
    error_message: str | None
    order_id: UUID
    partnership_history_id: UUID
    created_at: Instant

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        """Show a delivery; its attempts must be prefetched."""
        last = delivery.last_attempt
        return cls(
            id=delivery.uuid,
            event_type=delivery.event,
            status=delivery.status,
            http_status_code=last.http_status if last else None,
            attempt_count=len(delivery.attempts.all()),
            last_attempt_at=last.started_at if last else None,
            next_retry_at=delivery.next_attempt_at if last else None,
            response_data=last.reply_data if last else None,
            error_message=delivery.error_message,
            order_id=delivery.order.uuid,
            partnership_history_id=delivery.order.session.uuid,
            created_at=delivery.created_at,
        )


class LogPage(Reply):
    """One page of webhook logs."""

    logs: list[LogEntry]
    pagination: Pagination


class ResendBody(BaseModel):
    """The body of "Resend Webhook": which order, by either of its ids, and which event."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": [name], "properties": {name: {"type": "string"}}}
                for name in ("sessionId", "orderId")
            ]
        }
    )

    session_id: Text | None = Field(
        default=None, max_length=128, validation_alias=either("sessionId", "session_id")
    )
    order_id: Text | None = Field(
        default=None, max_length=128, validation_alias=either("orderId", "order_id")
    )
    event_type: Literal["order.created", "order.paid", "order.shipped", "order.delivered"] = Field(
        validation_alias=either("eventType", "event_type")
    )

    @model_validator(mode="after")
    def one_order(self) -> Self:
        """Refuse a request that names no order, and one that names two."""
        if (self.session_id is None) == (self.order_id is None):
            raise ValueError("Provide exactly one of sessionId or orderId")
        return self


class RetryBody(BaseModel):
    """The body of the older "Retry Webhook": the log's id, which today is in the path."""

    webhook_log_id: UUID = Field(validation_alias=either("webhookLogId", "webhook_log_id"))


class Queued(Reply):
    """What became of a webhook that was asked for again."""

    webhook_log_id: UUID
    event_type: str
    status: str
    message: str

    @classmethod
    def of(cls, delivery: Delivery, message: str) -> Self:
        """Show a delivery, and say what happens to it."""
        return cls(
            webhook_log_id=delivery.uuid,
            event_type=delivery.event,
            status=delivery.status,
            message=message,
        )
