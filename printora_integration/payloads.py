"""Turn the raw bytes of a webhook into a WebhookNotice, strictly."""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError

from .exceptions import InvalidPayloadError, MissingFieldsError
from .notices import REQUIRED_FIELDS, EventType, WebhookNotice
from .wire import field_in_either_dialect

# What JSON can say and a database cannot keep.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_DEEPEST = 50  # levels; Printora's own payloads have four, and endless ones exhaust the stack


def parse_notice(body: bytes) -> WebhookNotice:
    """Return the webhook that these bytes hold.

    Text is cleaned of NUL and lone surrogates, each becoming U+FFFD; amounts stay exact.
    Raises MissingFieldsError when `sessionId`, `event`, `timestamp` or `data` is missing, null or
    empty, and InvalidPayloadError for anything else that is wrong. Printora: "Webhooks".
    """
    record = _load_object(body)
    fields = {name: field_in_either_dialect(record, name) for name in REQUIRED_FIELDS}
    if any(value is None or value == "" for value in fields.values()):
        raise MissingFieldsError
    if not isinstance(fields["data"], dict):
        raise InvalidPayloadError
    if fields["event"] not in tuple(EventType):  # a tuple: what came may not be hashable
        fields["data"] = None
    try:
        return WebhookNotice.model_validate(fields)
    except ValidationError:
        # Without `from`: pydantic's message quotes the input, and inputs stay out of logs.
        raise InvalidPayloadError from None


def say_the_same(first: bytes, later: bytes) -> bool:
    """Return whether two webhooks of one event tell the same of it.

    What we read of them counts, not its spelling: the order of keys, the dialect, 20.10 or "20.1",
    null or left out. Nor does `timestamp`, which Printora may set anew when it sends again.
    """
    try:
        return _told(first) == _told(later)
    except InvalidPayloadError:  # a first one that was taken when the rules were others
        return False


def _told(body: bytes) -> Any:  # noqa: ANN401 -- any JSON, for an event that we do not know
    return parse_notice(body).data or field_in_either_dialect(_load_object(body), "data")


def _load_object(body: bytes) -> dict[str, Any]:
    try:
        record = json.loads(
            body.decode("utf-8"),
            parse_float=_exact,
            parse_constant=_refuse,
            object_pairs_hook=_object_without_repeats,
        )
    except (ValueError, RecursionError):
        raise InvalidPayloadError from None
    if not isinstance(record, dict):
        raise InvalidPayloadError
    cleaned: dict[str, Any] = _clean(record, levels=_DEEPEST)
    return cleaned


def _exact(number: str) -> Decimal:
    try:
        return Decimal(number)
    except InvalidOperation:  # an exponent of twenty digits
        raise ValueError from None


def _refuse(_constant: str) -> None:
    raise ValueError  # NaN and Infinity are not JSON


def _object_without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError  # readers differ on which one counts
    return record


def _clean(value: Any, *, levels: int) -> Any:  # noqa: ANN401 -- any JSON
    if not levels:
        raise InvalidPayloadError
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        inner = levels - 1
        return {_clean(key, levels=1): _clean(item, levels=inner) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item, levels=levels - 1) for item in value]
    return value
