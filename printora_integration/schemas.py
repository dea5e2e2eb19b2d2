"""Model what travels between us and Printora, in both of its dialects.

Printora's newer documents write camelCase, the older ones snake_case: every model here reads
either, and ignores fields that it does not know. Pages: PRINTORA "Webhooks" and "Create Session".
"""

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StrictInt,
    StrictStr,
    TypeAdapter,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from pydantic.alias_generators import to_camel

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?")
AMOUNT_LIMIT = Decimal(10) ** 10
QUANTITY_LIMIT = 10**6
_FINEST = Decimal("0.0001")


def _to_opaque_id(value: str) -> str:
    if not value.isprintable():
        raise ValueError("must be printable")
    return value.lower() if _UUID.fullmatch(value) else value


def _to_amount(value: object) -> Decimal:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError("must be a number")
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise ValueError("must be a number")  # noqa: TRY004 -- pydantic collects ValueError only
    try:
        # str() first: Decimal(20.1) is 20.10000000000000142…
        amount = Decimal(str(value))
        if not 0 <= amount < AMOUNT_LIMIT:
            raise ValueError("must be from 0 to below 10^10")
        if not -4 <= int(amount.as_tuple().exponent) <= 0:  # finer than we keep, or 1E+2
            amount = amount.quantize(_FINEST)
    except InvalidOperation as error:
        raise ValueError("must be a number") from error
    if amount >= AMOUNT_LIMIT:  # rounded up
        raise ValueError("must be from 0 to below 10^10")
    return abs(amount)  # there is a negative zero


def _to_utc(value: object) -> datetime:
    if not isinstance(value, str):
        raise ValueError("must be an ISO 8601 string")  # noqa: TRY004 -- see above
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("is out of range") from error


def _to_quantity(value: object) -> object:
    # Some writers of JSON put a point into every number. The range first: 1E+999999 is whole too.
    if isinstance(value, Decimal) and 0 <= value < QUANTITY_LIMIT and value == int(value):
        return int(value)
    return value


def _none_for_empty(value: object) -> object:
    return None if value == "" else value


def _none_for_odd(value: object, read: ValidatorFunctionWrapHandler) -> object:
    try:
        return read(value)
    except ValidationError:
        return None


T = TypeVar("T")
OrEmpty = Annotated[T | None, BeforeValidator(_none_for_empty)]  # "" means that it is missing
OrOdd = Annotated[T | None, WrapValidator(_none_for_odd)]  # not worth losing the rest for

OpaqueId = Annotated[StrictStr, Field(min_length=1, max_length=128), AfterValidator(_to_opaque_id)]
Amount = Annotated[Decimal, BeforeValidator(_to_amount)]
Moment = Annotated[datetime, BeforeValidator(_to_utc)]
Quantity = Annotated[StrictInt, Field(ge=0, lt=QUANTITY_LIMIT), BeforeValidator(_to_quantity)]
Email = Annotated[StrictStr, Field(max_length=320)]
ShortText = Annotated[StrictStr, Field(max_length=128)]

_OPAQUE_ID = TypeAdapter[str](OpaqueId)


def opaque_id(value: str) -> str | None:
    """Return an id from an address as it is stored, or None when it cannot be one."""
    try:
        return _OPAQUE_ID.validate_python(value)
    except ValidationError:
        return None


class Wire(BaseModel):
    """Read either dialect, freeze the result, and ignore what we do not know."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="ignore", frozen=True
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, record: object) -> object:
        """Drop nulls: one in camelCase must not hide the value in snake_case."""
        if not isinstance(record, dict):
            return record
        return {name: value for name, value in record.items() if value is not None}


# --- Replies of the API ---------------------------------------------------------------------------


class PartnerSession(Wire):
    """Hold what `POST /partner-session` and `GET /partner-session/:id` answer."""

    session_id: OpaqueId
    redirect_url: StrictStr | None = None
    image_url: OrOdd[StrictStr] = None
    session_mode: OrOdd[StrictStr] = None  # image, creator or merch
    creator_id: OrOdd[StrictStr] = None
    status: OrOdd[StrictStr] = None  # pending, active, completed, expired, cancelled, or newer
    created_at: OrOdd[Moment] = None
    order: OrOdd[dict[str, JsonValue]] = None


# --- Webhooks -------------------------------------------------------------------------------------


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


def field_in_either_dialect(record: dict[str, Any], name: str) -> Any:  # noqa: ANN401 -- any JSON
    """Return a field by its camelCase name, else by its snake_case one, else None."""
    snake = re.sub(r"([A-Z])", lambda match: "_" + match[1].lower(), name)
    value = record.get(name)
    return record.get(snake) if value is None else value
