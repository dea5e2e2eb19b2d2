"""Sessions in requests and responses, field by field as the vendor documents them."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from printora_sandbox.api.fields import (
    WHOLE_NUMBER,
    Amount,
    APIModel,
    Instant,
    Text,
    Url,
    camel_or_snake,
)
from printora_sandbox.models import Session, SessionStatus

from .merch import MerchData
from .orders import OrderSummary


class UserData(BaseModel):
    """The partner's data about its visitor; it pre-fills the checkout."""

    email: Text | None = Field(default=None, max_length=254)
    first_name: Text | None = Field(
        default=None, max_length=120, validation_alias=camel_or_snake("firstName", "first_name")
    )
    last_name: Text | None = Field(
        default=None, max_length=120, validation_alias=camel_or_snake("lastName", "last_name")
    )
    name: Text | None = Field(default=None, max_length=240)


class SessionBody(BaseModel):
    """The body of "Create Session": a picture, a creator or an item, and two callback URLs."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": [mode], "properties": {mode: {"type": "string"}}}
                for mode in ("imageUrl", "creatorId", "merchId")
            ]
        }
    )

    image_url: Url | None = Field(
        default=None, validation_alias=camel_or_snake("imageUrl", "image_url")
    )
    creator_id: Text | None = Field(
        default=None, max_length=128, validation_alias=camel_or_snake("creatorId", "creator_id")
    )
    merch_id: Text | None = Field(
        default=None, max_length=128, validation_alias=camel_or_snake("merchId", "merch_id")
    )
    variant_id: Text | None = Field(
        default=None, max_length=128, validation_alias=camel_or_snake("variantId", "variant_id")
    )
    quantity: Annotated[int, Field(ge=1, le=100), WHOLE_NUMBER] | None = None
    success_url: Url = Field(validation_alias=camel_or_snake("successUrl", "success_url"))
    failed_url: Url = Field(validation_alias=camel_or_snake("failedUrl", "failed_url"))
    user_data: UserData | None = Field(
        default=None, validation_alias=camel_or_snake("userData", "user_data")
    )

    @model_validator(mode="after")
    def one_mode(self) -> Self:
        """Refuse a request for none of the three modes, and one for several."""
        given = [
            mode for mode in (self.image_url, self.creator_id, self.merch_id) if mode is not None
        ]
        if len(given) != 1:
            raise ValueError("Provide exactly one of imageUrl, creatorId or merchId")
        return self


class SessionCreated(APIModel):
    """A new session of flow A or B."""

    session_id: UUID
    redirect_url: str
    image_url: str | None
    session_mode: str
    creator_id: UUID | None
    created_at: Instant

    @classmethod
    def of(cls, session: Session) -> Self:
        """Return the data of a session; `with_related` loads what it needs."""
        return cls(
            session_id=session.uuid,
            redirect_url=session.redirect_url,
            image_url=session.image_url or None,
            session_mode=session.mode,
            creator_id=session.creator.uuid if session.creator else None,
            created_at=session.created_at,
        )


class CartItem(APIModel):
    """The initial cart of a session; `price` is for one piece."""

    merch_id: UUID
    product_id: str
    variant_id: str
    quantity: int
    price: Amount


class MerchSessionCreated(SessionCreated):
    """A new session of flow C, with its item, and a cart if the request named a variant."""

    merch: MerchData
    cart_items: list[CartItem]

    @classmethod
    def of(cls, session: Session) -> Self:
        """Return the data of a session whose item still exists."""
        if session.merch is None:
            raise LookupError(session)
        return cls(
            **dict(SessionCreated.of(session)),
            merch=MerchData.of(session.merch),
            cart_items=cart_items_of(session),
        )


def cart_items_of(session: Session) -> list[CartItem]:
    """Return the cart of a session: one item, or none."""
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


def created_session_data(session: Session) -> AnySession:
    """Return the data of a new session, in the form of its flow."""
    return (MerchSessionCreated if session.merch else SessionCreated).of(session)


class SessionDetail(SessionCreated):
    """An existing session, with its order."""

    status: str
    success_url: str
    failed_url: str
    expires_at: Instant
    completed_at: Instant | None
    order: OrderSummary | None
    merch: MerchData | None
    cart_items: list[CartItem] | None

    @classmethod
    def of(cls, session: Session) -> Self:
        """Return the data of a session, its order and its item.

        The last two fields have values only in flow C.
        """
        order = getattr(session, "order", None)
        return cls(
            **dict(SessionCreated.of(session)),
            status=session.status,
            success_url=session.success_url,
            failed_url=session.failed_url,
            expires_at=session.expires_at,
            completed_at=session.completed_at,
            order=OrderSummary.of(order) if order else None,
            merch=MerchData.of(session.merch) if session.merch else None,
            cart_items=cart_items_of(session) if session.merch else None,
        )


class TokenState(APIModel):
    """The state of a link, without the session's private data."""

    is_valid: bool
    is_completed: bool
    session_id: UUID
    session_mode: str
    status: str
    image_url: str | None
    expires_at: Instant

    @classmethod
    def of(cls, session: Session) -> Self:
        """Return the state of a session's link."""
        return cls(
            is_valid=session.is_open,
            is_completed=session.status == SessionStatus.COMPLETED,
            session_id=session.uuid,
            session_mode=session.mode,
            status=session.status,
            image_url=session.image_url or None,
            expires_at=session.expires_at,
        )
