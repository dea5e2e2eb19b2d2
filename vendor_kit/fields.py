"""The types of fields in a vendor's JSON, and the base of every model of it.

Vendors' newer documents write camelCase, older ones snake_case: every model reads either, and
ignores fields that it does not know.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
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
_SMALLEST_UNIT = Decimal("0.0001")
_COLOR = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


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
        if not -4 <= int(amount.as_tuple().exponent) <= 0:  # finer than we store, or 1E+2
            amount = amount.quantize(_SMALLEST_UNIT)
    except InvalidOperation as error:
        raise ValueError("must be a number") from error
    if amount >= AMOUNT_LIMIT:  # rounded up
        raise ValueError("must be from 0 to below 10^10")
    return abs(amount)  # there is a negative zero


def _to_utc(value: object) -> datetime:
    if not isinstance(value, str):
        raise ValueError("must be an ISO 8601 string")  # noqa: TRY004 -- see above
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError as error:
        raise ValueError("must be a moment of the years 1 to 9999") from error
    except ValueError:
        # Without `from`: Python's message quotes the text, and inputs stay out of logs.
        raise ValueError("must be a moment in ISO 8601") from None


def _to_quantity(value: object) -> object:
    # Some writers of JSON put a point into every number. The range first: 1E+999999 is whole too.
    if isinstance(value, Decimal) and 0 <= value < QUANTITY_LIMIT and value == int(value):
        return int(value)
    return value


def _empty_to_none(value: object) -> object:
    return None if value == "" else value


def _none_for_invalid(value: object, read: ValidatorFunctionWrapHandler) -> object:
    try:
        return read(value)
    except ValidationError:
        return None


def _to_color(value: str) -> str:
    match = _COLOR.fullmatch(value.strip())
    if match is None:
        raise ValueError("must be a colour")
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    return f"#{digits.upper()}"


def _texts_in(value: object) -> tuple[str, ...]:
    entries = value if isinstance(value, list | tuple) else ()
    return tuple(entry for entry in entries if isinstance(entry, str))


T = TypeVar("T")
EmptyAsNone = Annotated[T | None, BeforeValidator(_empty_to_none)]  # "" means that it is missing
Lenient = Annotated[T | None, WrapValidator(_none_for_invalid)]  # None if invalid

OpaqueId = Annotated[StrictStr, Field(min_length=1, max_length=128), AfterValidator(_to_opaque_id)]
Amount = Annotated[Decimal, BeforeValidator(_to_amount)]
Timestamp = Annotated[datetime, BeforeValidator(_to_utc)]
Quantity = Annotated[StrictInt, Field(ge=0, lt=QUANTITY_LIMIT), BeforeValidator(_to_quantity)]
SortOrder = Annotated[int, Field(ge=-(2**31), lt=2**31)]  # among its siblings
Email = Annotated[StrictStr, Field(max_length=320)]
ShortText = Annotated[StrictStr, Field(max_length=128)]
Color = Annotated[StrictStr, AfterValidator(_to_color)]  # #RRGGBB, however it was written
TextList = Annotated[tuple[StrictStr, ...], BeforeValidator(_texts_in)]

_OPAQUE_ID = TypeAdapter[str](OpaqueId)


def parse_opaque_id(value: str) -> str | None:
    """Return an id as it is stored, or None when the text cannot be one."""
    try:
        return _OPAQUE_ID.validate_python(value)
    except ValidationError:
        return None


def read_field(record: dict[str, Any], name: str) -> Any:  # noqa: ANN401 -- any JSON
    """Return a field by its camelCase name, else by its snake_case one, else None."""
    snake = re.sub(r"([A-Z])", lambda match: "_" + match[1].lower(), name)
    value = record.get(name)
    return record.get(snake) if value is None else value


def read_fields(record: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return some fields, each as `read_field` returns it."""
    return {name: read_field(record, name) for name in names}


class APIModel(BaseModel):
    """The base of every model: frozen, read from either spelling, unknown fields ignored."""

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


class Pagination(APIModel):
    """The place of a page in its list."""

    total: Lenient[Quantity] = None
    limit: Lenient[Quantity] = None
    offset: Lenient[Quantity] = None
    has_more: Lenient[StrictBool] = None

    def has_more_after(self, count: int, *, limit: int) -> bool:
        """Return whether rows follow this page: it has `count` rows, `limit` were requested."""
        if self.has_more is not None:
            return self.has_more
        if self.total is not None:
            return (self.offset or 0) + count < self.total
        return count >= limit
