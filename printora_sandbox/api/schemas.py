"""What partners send and what they get back, field by field as the vendor documents it."""

from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from printora_sandbox.models import Delivery, Order, Session

from .fields import Amount, Instant, Reply, Text, Url, either
from .paging import Pagination


class UserData(BaseModel):
    """What the partner knows of its visitor; it pre-fills the checkout."""

    email: Text | None = Field(default=None, max_length=254)
    first_name: Text | None = Field(
        default=None, max_length=120, validation_alias=either("firstName", "first_name")
    )
    last_name: Text | None = Field(
        default=None, max_length=120, validation_alias=either("lastName", "last_name")
    )
    name: Text | None = Field(default=None, max_length=240)


class SessionBody(BaseModel):
    """The body of "Create Session": a picture, a creator or a merch item, and two ways back."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": [mode], "properties": {mode: {"type": "string"}}}
                for mode in ("imageUrl", "creatorId", "merchId")
            ]
        }
    )

    image_url: Url | None = Field(default=None, validation_alias=either("imageUrl", "image_url"))
    creator_id: Text | None = Field(
        default=None, max_length=128, validation_alias=either("creatorId", "creator_id")
    )
    merch_id: Text | None = Field(
        default=None, max_length=128, validation_alias=either("merchId", "merch_id")
    )
    variant_id: Text | None = Field(
        default=None, max_length=128, validation_alias=either("variantId", "variant_id")
    )
    quantity: int | None = Field(default=None, ge=1, le=100)
    success_url: Url = Field(validation_alias=either("successUrl", "success_url"))
    failed_url: Url = Field(validation_alias=either("failedUrl", "failed_url"))
    user_data: UserData | None = Field(
        default=None, validation_alias=either("userData", "user_data")
    )

    @model_validator(mode="after")
    def one_mode(self) -> Self:
        """Refuse a request for nothing, and one for two things at once."""
        given = [
            mode for mode in (self.image_url, self.creator_id, self.merch_id) if mode is not None
        ]
        if len(given) != 1:
            raise ValueError("Provide exactly one of imageUrl, creatorId or merchId")
        return self


class SessionCreated(Reply):
    """The session a partner asked for."""

    session_id: UUID
    redirect_url: str
    image_url: str | None
    session_mode: str
    creator_id: str | None
    created_at: Instant

    @classmethod
    def of(cls, session: Session) -> Self:
        """Show a session to the partner that opened it."""
        return cls(
            session_id=session.uuid,
            redirect_url=session.redirect_url,
            image_url=session.image_url,
            session_mode=session.mode,
            creator_id=None,
            created_at=session.created_at,
        )


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


class SessionDetail(SessionCreated):
    """A session later in its life, with the order it led to."""

    status: str
    success_url: str
    failed_url: str
    expires_at: Instant
    completed_at: Instant | None
    order: OrderSummary | None

    @classmethod
    def of(cls, session: Session) -> Self:
        """Show a session and its order."""
        order = getattr(session, "order", None)
        return cls(
            **dict(SessionCreated.of(session)),
            status=session.status,
            success_url=session.success_url,
            failed_url=session.failed_url,
            expires_at=session.expires_at,
            completed_at=session.completed_at,
            order=OrderSummary.of(order) if order else None,
        )


class TokenState(Reply):
    """What the holder of a link may know: whether it still works."""

    is_valid: bool
    is_completed: bool
    session_id: UUID
    session_mode: str
    status: str
    image_url: str | None
    expires_at: Instant

    @classmethod
    def of(cls, session: Session) -> Self:
        """Show a session to the holder of its link."""
        return cls(
            is_valid=session.is_open,
            is_completed=session.status == "completed",
            session_id=session.uuid,
            session_mode=session.mode,
            status=session.status,
            image_url=session.image_url,
            expires_at=session.expires_at,
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
