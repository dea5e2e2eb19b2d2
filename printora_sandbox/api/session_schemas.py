"""What partners send and get back about sessions, field by field as the vendor documents it."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from printora_sandbox.models import Session, SessionStatus

from .fields import WHOLE, Amount, Instant, Reply, Text, Url, either
from .merch_schemas import MerchView
from .schemas import OrderSummary


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
    quantity: Annotated[int, Field(ge=1, le=100), WHOLE] | None = None
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
    """The session a partner asked for, in flows A and B."""

    session_id: UUID
    redirect_url: str
    image_url: str | None
    session_mode: str
    creator_id: UUID | None
    created_at: Instant

    @classmethod
    def of(cls, session: Session) -> Self:
        """Show a session to the partner that opened it; `with_goods` loads what it needs."""
        return cls(
            session_id=session.uuid,
            redirect_url=session.redirect_url,
            image_url=session.image_url or None,
            session_mode=session.mode,
            creator_id=session.creator.uuid if session.creator else None,
            created_at=session.created_at,
        )


class CartItem(Reply):
    """What a session's cart starts with; `price` is for one piece."""

    merch_id: UUID
    product_id: str
    variant_id: str
    quantity: int
    price: Amount


class MerchSessionCreated(SessionCreated):
    """The session a partner asked for, in flow C: its item, and the cart if it named a variant."""

    merch: MerchView
    cart_items: list[CartItem]

    @classmethod
    def of(cls, session: Session) -> Self:
        """Show a session whose item still exists."""
        if session.merch is None:
            raise LookupError(session)
        return cls(
            **dict(SessionCreated.of(session)),
            merch=MerchView.of(session.merch),
            cart_items=cart_of(session),
        )


def cart_of(session: Session) -> list[CartItem]:
    """Return the one line that the partner put into the cart, or none."""
    merch = session.merch
    variant = merch.variant(session.variant_id) if merch else None
    if merch is None or variant is None:
        return []
    return [
        CartItem(
            merch_id=merch.uuid,
            product_id=merch.product,
            variant_id=variant.id,
            quantity=session.quantity,
            price=variant.size.price,
        )
    ]


AnySession = MerchSessionCreated | SessionCreated


def created_view(session: Session) -> AnySession:
    """Show a new session as its flow does."""
    return (MerchSessionCreated if session.merch else SessionCreated).of(session)


class SessionDetail(SessionCreated):
    """A session later in its life, with the order it led to."""

    status: str
    success_url: str
    failed_url: str
    expires_at: Instant
    completed_at: Instant | None
    order: OrderSummary | None
    merch: MerchView | None
    cart_items: list[CartItem] | None

    @classmethod
    def of(cls, session: Session) -> Self:
        """Show a session, its order and its item; the last two fields are null but in flow C."""
        order = getattr(session, "order", None)
        return cls(
            **dict(SessionCreated.of(session)),
            status=session.status,
            success_url=session.success_url,
            failed_url=session.failed_url,
            expires_at=session.expires_at,
            completed_at=session.completed_at,
            order=OrderSummary.of(order) if order else None,
            merch=MerchView.of(session.merch) if session.merch else None,
            cart_items=cart_of(session) if session.merch else None,
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
            is_completed=session.status == SessionStatus.COMPLETED,
            session_id=session.uuid,
            session_mode=session.mode,
            status=session.status,
            image_url=session.image_url or None,
            expires_at=session.expires_at,
        )
