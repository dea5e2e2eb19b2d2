"""Webhook logs: the bodies of requests and responses, as the vendor documents them."""

from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from printora_sandbox.api.fields import APIModel, Instant, Text, camel_or_snake
from printora_sandbox.api.pagination import Pagination
from printora_sandbox.models import Delivery


class LogEntry(APIModel):
    """A webhook and the state of its delivery."""

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
        """Return the data of a delivery; its attempts must be prefetched."""
        last = delivery.last_attempt
        return cls(
            id=delivery.uuid,
            event_type=delivery.event,
            status=delivery.status,
            http_status_code=last.http_status if last else None,
            attempt_count=len(delivery.attempts.all()),
            last_attempt_at=last.started_at if last else None,
            next_retry_at=delivery.next_attempt_at if last else None,
            response_data=last.response_data if last else None,
            error_message=delivery.error_message,
            order_id=delivery.order.uuid,
            partnership_history_id=delivery.order.session.uuid,
            created_at=delivery.created_at,
        )


class LogPage(APIModel):
    """One page of webhook logs."""

    logs: list[LogEntry]
    pagination: Pagination


class ResendBody(BaseModel):
    """The body of "Resend Webhook": an event of an order, which has two possible ids."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": [name], "properties": {name: {"type": "string"}}}
                for name in ("sessionId", "orderId")
            ]
        }
    )

    session_id: Text | None = Field(
        default=None, max_length=128, validation_alias=camel_or_snake("sessionId", "session_id")
    )
    order_id: Text | None = Field(
        default=None, max_length=128, validation_alias=camel_or_snake("orderId", "order_id")
    )
    event_type: Literal["order.created", "order.paid", "order.shipped", "order.delivered"] = Field(
        validation_alias=camel_or_snake("eventType", "event_type")
    )

    @model_validator(mode="after")
    def one_order(self) -> Self:
        """Refuse a request with no order id, and one with two."""
        if (self.session_id is None) == (self.order_id is None):
            raise ValueError("Provide exactly one of sessionId or orderId")
        return self


class RetryBody(BaseModel):
    """The body of the legacy "Retry Webhook": the log's id, which is now in the path."""

    webhook_log_id: UUID = Field(validation_alias=camel_or_snake("webhookLogId", "webhook_log_id"))


class QueuedWebhook(APIModel):
    """The state of a webhook after a resend or a retry."""

    webhook_log_id: UUID
    event_type: str
    status: str
    message: str

    @classmethod
    def of(cls, delivery: Delivery, message: str) -> Self:
        """Return the data of a delivery, with a message about its next step."""
        return cls(
            webhook_log_id=delivery.uuid,
            event_type=delivery.event,
            status=delivery.status,
            message=message,
        )
