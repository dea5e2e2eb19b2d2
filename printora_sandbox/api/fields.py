"""Field types of requests and responses: text, URLs, amounts and timestamps."""

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

from printora_sandbox.timestamps import iso

_MAX_URL_LENGTH = 2048
# No white space and no invisible characters, in a form that every regular expression engine reads.
_VISIBLE_CHARACTER = (
    r"[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f\u3000\ufeff]"
)
_VISIBLE = re.compile(_VISIBLE_CHARACTER)
# The same holds here: the OpenAPI document contains exactly the pattern that is checked.
_PORT = "(:([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
_BYTE = "([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])"
_LOOPBACK_HOST = rf"(([A-Za-z0-9_-]+\.)*localhost|127(\.{_BYTE}){{3}}|\[::1\])"
_PATH_AND_QUERY = r"([/?#][^\u0000-\u0020\u007f\\\"<>^`{|}]*)?"
_URL = rf"(https://[A-Za-z0-9_][A-Za-z0-9_.-]*|http://{_LOOPBACK_HOST}){_PORT}{_PATH_AND_QUERY}"
_URL_PATTERN = re.compile(_URL)

T = TypeVar("T")


def url_error(url: str) -> str | None:
    """Return the reason why a URL is not allowed, or ``None``.

    Allowed are https, and http on this machine.
    """
    if len(url) > _MAX_URL_LENGTH:
        return f"must be at most {_MAX_URL_LENGTH} characters"
    if _URL_PATTERN.fullmatch(url):
        return None
    if url.startswith("http://"):
        return "must be a valid HTTPS URL (the sandbox also takes http on localhost)"
    return "must be a valid HTTPS URL"


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not contain NUL characters")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("must not contain half a surrogate pair")
    return text


def _valid_url(url: str) -> str:
    if error := url_error(url):
        raise ValueError(error)
    return url


def _not_blank(text: str) -> str:
    if not _VISIBLE.search(text):
        raise ValueError("must not be blank")
    return text.strip()


def _whole_number(value: object) -> object:
    if isinstance(value, bool | str):  # a JSON number is required
        raise ValueError("must be a whole number")  # noqa: TRY004  (pydantic collects ValueError only)
    return value


Text = Annotated[
    str, AfterValidator(_storable), Field(json_schema_extra={"pattern": r"^[^\u0000]*$"})
]
# For fields whose error has its own code: `url_error` checks the value later.
Url = Annotated[
    Text, Field(json_schema_extra={"maxLength": _MAX_URL_LENGTH, "pattern": f"^{_URL}$"})
]
# For all other fields: the schema itself checks the URL.
CheckedUrl = Annotated[Url, AfterValidator(_valid_url)]
# A name or a title.
NonBlankText = Annotated[
    str,
    AfterValidator(_storable),
    AfterValidator(_not_blank),
    Field(
        min_length=1,
        max_length=255,
        json_schema_extra={"pattern": rf"^[^\u0000]*{_VISIBLE_CHARACTER}[^\u0000]*$"},
    ),
]
# An `int` as JSON Schema defines it: 5.0 is valid, "5" and true are not. Write it after the bounds.
WHOLE_NUMBER = BeforeValidator(_whole_number)
Amount = Annotated[Decimal, PlainSerializer(float, return_type=float)]
Instant = Annotated[datetime, PlainSerializer(iso, return_type=str)]


def camel_or_snake(camel: str, snake: str) -> AliasChoices:
    """Return both accepted names of a field: today's, and that of the older documents."""
    return AliasChoices(camel, snake)


class APIModel(BaseModel):
    """A part of a response: snake_case in Python, camelCase in JSON."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class Envelope(BaseModel, Generic[T]):
    """The envelope of a successful response."""

    success: Literal[True] = True
    data: T


class ErrorDetail(BaseModel):
    """The error of one field."""

    field: str
    message: str


class ErrorBody(BaseModel):
    """An error: a code for programs, a message for people."""

    code: str
    message: str
    details: list[ErrorDetail] = Field(default_factory=list)


class ErrorEnvelope(BaseModel):
    """The envelope of an error response."""

    success: Literal[False] = False
    error: ErrorBody
