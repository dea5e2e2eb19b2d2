"""Building blocks of the wire: text, addresses, amounts and instants as the vendor writes them."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
)
from pydantic.alias_generators import to_camel

from printora_sandbox.clock import iso

_URL_MAX = 2048
# A class that every dialect of regular expressions reads alike: no white space, nothing unseen.
_SEEN = r"[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f\u3000\ufeff]"
_VISIBLE = re.compile(_SEEN)
# Written for every dialect too, so that the OpenAPI document says exactly what is judged.
_PORT = "(:([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
_BYTE = "([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])"
_THIS_MACHINE = rf"(([A-Za-z0-9_-]+\.)*localhost|127(\.{_BYTE}){{3}}|\[::1\])"
_REST = r"([/?#][^\u0000-\u0020\u007f\\\"<>^`{|}]*)?"
_URL = rf"(https://[A-Za-z0-9_][A-Za-z0-9_.-]*|http://{_THIS_MACHINE}){_PORT}{_REST}"
_USABLE_URL = re.compile(_URL)

T = TypeVar("T")


def url_problem(url: str) -> str | None:
    """Say why an address can't be used, or return ``None``: https, or http on this machine."""
    if len(url) > _URL_MAX:
        return f"must be at most {_URL_MAX} characters"
    if _USABLE_URL.fullmatch(url):
        return None
    if url.startswith("http://"):
        return "must be a valid HTTPS URL (the sandbox also takes http on localhost)"
    return "must be a valid HTTPS URL"


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not contain NUL characters")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("must not contain half a surrogate pair")
    return text


def _usable(url: str) -> str:
    if problem := url_problem(url):
        raise ValueError(problem)
    return url


def _worded(text: str) -> str:
    if not _VISIBLE.search(text):
        raise ValueError("must not be blank")
    return text.strip()


def _whole(value: object) -> object:
    if isinstance(value, bool | str):  # JSON has numbers of its own
        raise ValueError("must be a whole number")  # noqa: TRY004  (pydantic collects ValueError only)
    return value


Text = Annotated[
    str, AfterValidator(_storable), Field(json_schema_extra={"pattern": r"^[^\u0000]*$"})
]
# Judged by `url_problem` where its error has a code of its own.
Url = Annotated[Text, Field(json_schema_extra={"maxLength": _URL_MAX, "pattern": f"^{_URL}$"})]
# As `Url`, judged by the schema itself: for fields whose error has no code of its own.
CheckedUrl = Annotated[Url, AfterValidator(_usable)]
# A name or a title: not blank.
Words = Annotated[
    str,
    AfterValidator(_storable),
    AfterValidator(_worded),
    Field(
        min_length=1,
        max_length=255,
        json_schema_extra={"pattern": rf"^[^\u0000]*{_SEEN}[^\u0000]*$"},
    ),
]
# Marks an `int` as JSON Schema has it: 5.0 is one, "5" and true are not. Comes after the bounds.
WHOLE = BeforeValidator(_whole)
Amount = Annotated[Decimal, PlainSerializer(float, return_type=float)]
Instant = Annotated[datetime, PlainSerializer(iso, return_type=str)]


def either(camel: str, snake: str) -> AliasChoices:
    """Name a field as today's documents do, and accept the older documents' name."""
    return AliasChoices(camel, snake)


class Reply(BaseModel):
    """A part of a reply: snake_case here, camelCase on the wire."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class Envelope(BaseModel, Generic[T]):
    """What a successful reply is wrapped in."""

    success: Literal[True] = True
    data: T


class ErrorDetail(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class ErrorBody(BaseModel):
    """A refusal: a code for programs, a message for people."""

    code: str
    message: str
    details: list[ErrorDetail] = Field(default_factory=list)


class ErrorEnvelope(BaseModel):
    """What a refusal is wrapped in."""

    success: Literal[False] = False
    error: ErrorBody
