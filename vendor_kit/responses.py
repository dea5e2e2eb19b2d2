"""Responses of a vendor's API: the JSON object that they hold, or the error that says why not."""

import json
import math
import re
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from pydantic import ValidationError

from . import exceptions as errors
from .fields import APIModel, read_field

T = TypeVar("T", bound=APIModel)

_MAX_REASON = 200  # characters
_MAX_RETRY_AFTER = 3600.0  # seconds; a vendor that asks for more has mistaken the unit
_SECRET = re.compile(r"(?<!\w)([ps]k_(test|live)|whsec)_\S+|https?://\S+")  # links hold tokens
_ERROR_BY_STATUS: dict[int, type[errors.APIError]] = {
    400: errors.RequestInvalidError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    410: errors.GoneError,
    422: errors.RequestInvalidError,
    429: errors.RateLimitError,
}


@dataclass(frozen=True)
class Response:
    """A response as it came; the names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class RateLimit:
    """The state of the rate limit: `remaining` of `limit` calls until `resets_at`, in UTC.

    That is a time of the vendor's clock; `ends_at` is the same of our `time.monotonic()`.
    """

    limit: int
    remaining: int
    resets_at: datetime
    ends_at: float = field(default=0.0, compare=False)

    def seconds_to_wait(self, reserve: int) -> float:
        """Return how long until more than `reserve` calls are allowed; 0 when they are."""
        if self.remaining > reserve:
            return 0.0
        return max(self.ends_at - time.monotonic(), 0.0)


@dataclass(frozen=True)
class Exchange:
    """One request and its response, with their bodies as Python values.

    Of the headers it holds the idempotency key, or None, and nothing else. The response may hold a
    link whose token is a visitor's credential: show it to that visitor, and never log it. The repr
    leaves the bodies out.
    """

    method: str
    url: str
    idempotency_key: str | None
    sent: object = field(repr=False)
    status: int
    received: object = field(repr=False)


ExchangeObserver = Callable[[Exchange], None]


def read_success(response: Response, accept: Collection[int], *, vendor: str) -> dict[str, Any]:
    """Return the JSON object of a response with one of these statuses, else raise its error.

    A 204 that is accepted is an empty object.
    """
    record = _json_object(response.body)
    is_good = response.status < 400  # flat responses have no `success`; a 409 must have it
    if response.status == 204 and 204 in accept:
        return {}
    if response.status in accept and record and record.get("success", is_good) is True:
        return record
    if is_good:
        raise errors.InvalidResponseError(
            f"{vendor} answered {response.status} with something that is not its JSON."
        )
    raise _error(response, record or {})


def parse(model: type[T], record: dict[str, Any], name: str = "") -> T:
    """Return what a successful response holds in `data`, or under a name; older ones are flat."""
    data = record if record.get("data") is None else record["data"]
    try:
        return model.model_validate(_inner(data, name) if name else data)
    except ValidationError as error:
        places = ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors())
        # Without `from`: pydantic's message quotes the response, which must not reach a log.
        raise errors.InvalidResponseError(
            f"The response does not fit {model.__name__}: {places}."
        ) from None


def json_or_text(body: bytes) -> object:
    """Return a body as a Python value where it is JSON, else as text."""
    text = body.decode("utf-8", "replace")
    try:
        parsed: object = json.loads(text)
    except ValueError:
        return text
    return parsed


def read_rate_limit(headers: Mapping[str, str]) -> RateLimit | None:
    """Return what a response's `X-RateLimit-*` headers say, or None where they make no sense."""
    try:
        resets_at = datetime.fromtimestamp(float(headers["x-ratelimit-reset"]), UTC)
        return RateLimit(
            limit=int(headers["x-ratelimit-limit"]),
            remaining=int(headers["x-ratelimit-remaining"]),
            resets_at=resets_at,
            ends_at=time.monotonic() + (resets_at - _vendor_now(headers)).total_seconds(),
        )
    except (KeyError, ValueError, OverflowError, OSError):  # missing, no number, no time
        return None


def read_clock_skew(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds our clock is ahead of a response's `Date`; negative is behind.

    None where the response has no date. Exact to a second: `Date` counts no smaller unit.
    """
    try:
        sent_at = parsedate_to_datetime(headers["date"])
        return (datetime.now(UTC) - sent_at).total_seconds()
    except (KeyError, ValueError, TypeError):  # missing, no date, or one without a zone
        return None


def _vendor_now(headers: Mapping[str, str]) -> datetime:
    """Return the time of the vendor's clock, to compare its other times with."""
    skew = read_clock_skew(headers) or 0.0
    return datetime.now(UTC) - timedelta(seconds=skew)


def _inner(record: Any, name: str) -> Any:  # noqa: ANN401 -- any JSON
    inner = read_field(record, name) if isinstance(record, dict) else None
    return record if inner is None else inner


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _error(response: Response, record: dict[str, Any]) -> errors.APIError:
    """Build the error of a response: an object in `error`, a text there, or only a `message`."""
    error = record.get("error")
    problem: dict[str, Any] = error if isinstance(error, dict) else {"message": error}
    status = response.status
    kind = _ERROR_BY_STATUS.get(status, errors.ServerError if status >= 500 else errors.APIError)
    return kind(
        _quotable(problem.get("message")) or _quotable(record.get("message")) or "no reason given",
        status=status,
        code=_quotable(problem.get("code")),
        details=_field_errors(problem.get("details")),
        request_id=_quotable(response.headers.get("x-request-id")) or None,
        retry_after=_retry_after(response),
    )


def _quotable(text: object) -> str:
    """Return what the vendor wrote, if it can stand in a line of a log, else ""."""
    if not isinstance(text, str) or not text.isprintable():
        return ""
    reason = _SECRET.sub("[removed]", text.strip())
    return reason if len(reason) <= _MAX_REASON else reason[: _MAX_REASON - 1] + "…"


def _field_errors(details: object) -> tuple[errors.FieldError, ...]:
    return tuple(
        errors.FieldError(
            field=_quotable(entry.get("field")), message=_quotable(entry.get("message"))
        )
        for entry in (details if isinstance(details, list) else [])
        if isinstance(entry, dict)
    )


def _retry_after(response: Response) -> float | None:
    """Return how many seconds to wait, an hour at most, or None where nothing sensible is said."""
    try:
        seconds = _requested_seconds(response)
    except (ValueError, TypeError, OverflowError):  # not a date, or without a zone, or absurd
        return None
    if seconds is None or not math.isfinite(seconds):
        return None
    return min(max(seconds, 0.0), _MAX_RETRY_AFTER)


def _requested_seconds(response: Response) -> float | None:
    now = _vendor_now(response.headers)
    if value := response.headers.get("retry-after"):
        if value.isdecimal():
            return float(value)
        return (parsedate_to_datetime(value) - now).total_seconds()
    # Other responses have it too: only for 429 is it the time to come back.
    if response.status == 429 and (value := response.headers.get("x-ratelimit-reset")):
        return float(value) - now.timestamp()
    return None
