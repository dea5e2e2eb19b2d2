"""Building blocks of the wire: text, addresses, amounts and instants as the vendor writes them."""

import ipaddress
import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, BaseModel, ConfigDict, Field, PlainSerializer
from pydantic.alias_generators import to_camel

from printora_sandbox.clock import iso

_URL_MAX = 2048
_NOT_IN_URLS = re.compile(r"[\x00-\x20\x7f\\\"<>^`{|}]")

T = TypeVar("T")


def url_problem(url: str) -> str | None:
    """Say why an address can't be used, or return ``None``: https, or http on this machine."""
    if len(url) > _URL_MAX:
        return f"must be at most {_URL_MAX} characters"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # an impossible port raises here
    except ValueError:
        return "must be a valid URL"
    if not host or _NOT_IN_URLS.search(url) or parts.scheme not in ("http", "https"):
        return "must be a valid HTTPS URL"
    if parts.scheme == "http" and not _is_loopback(host):
        return "must be a valid HTTPS URL (the sandbox also takes http on localhost)"
    return None


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


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
    if not text.strip():
        raise ValueError("must not be blank")
    return text.strip()


Text = Annotated[
    str, AfterValidator(_storable), Field(json_schema_extra={"pattern": r"^[^\u0000]*$"})
]
# The pattern is for readers of the OpenAPI document; `url_problem` is the judge.
Url = Annotated[
    Text,
    Field(
        json_schema_extra={
            "maxLength": _URL_MAX,
            "pattern": r"^(https://[a-z0-9]+(\.[a-z0-9]+)*|http://localhost(:8\d{3})?)(/[\w.~-]*)*$",
        }
    ),
]
# As `Url`, judged by the schema itself: for fields whose error has no code of its own.
CheckedUrl = Annotated[Url, AfterValidator(_usable)]
# Not blank; the pattern is narrower, for readers of the OpenAPI document.
Words = Annotated[
    str,
    AfterValidator(_storable),
    AfterValidator(_worded),
    Field(
        min_length=1,
        max_length=255,
        json_schema_extra={"pattern": r"^[^\u0000]*[a-zA-Z0-9][^\u0000]*$"},
    ),
]
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
