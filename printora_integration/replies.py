"""Make sense of what Printora's API replies: its JSON, or the error that says why not."""

import json
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from pydantic import ValidationError

from . import exceptions as errors
from .wire import Wire, field_in_either_dialect

T = TypeVar("T", bound=Wire)

_LONGEST_REASON = 200  # characters
_LONGEST_WAIT = 3600.0  # seconds; who asks for more has mistaken the unit
_SECRET = re.compile(r"(?<!\w)([ps]k_(test|live)|whsec)_\S+|https?://\S+")  # links hold tokens
_ERROR_BY_STATUS: dict[int, type[errors.ReplyError]] = {
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
class Reply:
    """Hold a reply as it came; the names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def success(reply: Reply, accept: Collection[int]) -> dict[str, Any]:
    """Return the JSON object of a reply with one of these statuses, else raise its error.

    A 204 that is accepted is an empty object.
    """
    record = _json_object(reply.body)
    is_good = reply.status < 400  # flat replies carry no `success`; a 409 must say so
    if reply.status == 204 and 204 in accept:
        return {}
    if reply.status in accept and record and record.get("success", is_good) is True:
        return record
    if is_good:
        raise errors.UnexpectedReplyError(
            f"Printora answered {reply.status} with something that is not its JSON."
        )
    raise _error(reply, record or {})


def parse(model: type[T], record: dict[str, Any], name: str = "") -> T:
    """Return what a successful reply holds in `data`, or under a name; older replies are flat."""
    held = _within(record, "data")
    try:
        return model.model_validate(_within(held, name) if name else held)
    except ValidationError as error:
        places = ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors())
        # Without `from`: pydantic's message quotes the reply, and replies stay out of logs.
        raise errors.UnexpectedReplyError(
            f"Printora's reply does not fit {model.__name__}: {places}."
        ) from None


def _within(record: Any, name: str) -> Any:  # noqa: ANN401 -- any JSON
    inner = field_in_either_dialect(record, name) if isinstance(record, dict) else None
    return record if inner is None else inner


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _error(reply: Reply, record: dict[str, Any]) -> errors.ReplyError:
    """Build the error of a reply, whichever of Printora's three shapes it has."""
    error = record.get("error")
    told: dict[str, Any] = error if isinstance(error, dict) else {"message": error}
    status = reply.status
    kind = _ERROR_BY_STATUS.get(status, errors.ServerError if status >= 500 else errors.ReplyError)
    return kind(
        _words(told.get("message")) or _words(record.get("message")) or "no reason given",
        status=status,
        code=_words(told.get("code")),
        details=_field_problems(told.get("details")),
        request_id=_words(reply.headers.get("x-request-id")) or None,
        retry_after=_retry_after(reply),
    )


def _words(told: object) -> str:
    """Return what Printora wrote, if it can stand in a line of a log, else ""."""
    if not isinstance(told, str) or not told.isprintable():
        return ""
    words = _SECRET.sub("[removed]", told.strip())
    return words if len(words) <= _LONGEST_REASON else words[: _LONGEST_REASON - 1] + "…"


def _field_problems(details: object) -> tuple[errors.FieldProblem, ...]:
    return tuple(
        errors.FieldProblem(field=_words(entry.get("field")), message=_words(entry.get("message")))
        for entry in (details if isinstance(details, list) else [])
        if isinstance(entry, dict)
    )


def _retry_after(reply: Reply) -> float | None:
    """Return how many seconds to wait, an hour at most, or None where nothing sensible is said."""
    try:
        seconds = _asked_wait(reply)
    except (ValueError, TypeError, OverflowError):  # not a date, or without a zone, or absurd
        return None
    if seconds is None or not math.isfinite(seconds):
        return None
    return min(max(seconds, 0.0), _LONGEST_WAIT)


def _asked_wait(reply: Reply) -> float | None:
    now = datetime.now(UTC)
    if value := reply.headers.get("retry-after"):
        if value.isdecimal():
            return float(value)
        return (parsedate_to_datetime(value) - now).total_seconds()
    # Good replies and other failures carry it too: only for 429 is it the time to come back.
    if reply.status == 429 and (value := reply.headers.get("x-ratelimit-reset")):
        return float(value) - now.timestamp()
    return None
