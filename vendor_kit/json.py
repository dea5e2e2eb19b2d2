"""Strict JSON: what readers could disagree on, or a database could not store, is refused."""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from .exceptions import InvalidPayloadError

# What JSON can say and a database cannot store: NUL and lone surrogates.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MAX_DEPTH = 50  # levels; vendors' own payloads have four, and endless ones exhaust the stack
_TOO_DEEP = f"nested deeper than {_MAX_DEPTH} levels"
_MAX_DIGITS = 100  # characters of a number; real ones have ten, and long ones take long to read


def load_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object that these bytes hold; numbers with a point are Decimal.

    Each NUL and each lone surrogate in text becomes U+FFFD. Raises InvalidPayloadError for what is
    not UTF-8 or not an object, for NaN, repeated keys, more than 50 levels and overlong numbers.
    """
    try:
        record = json.loads(
            body.decode("utf-8"),
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object_without_repeats,
        )
    except UnicodeDecodeError as error:
        raise InvalidPayloadError(f"not UTF-8, from byte {error.start} on") from None
    except json.JSONDecodeError as error:
        raise InvalidPayloadError(f"not JSON, from character {error.pos} on") from None
    except RecursionError:
        raise InvalidPayloadError(_TOO_DEEP) from None
    if not isinstance(record, dict):
        raise InvalidPayloadError("not a JSON object")
    cleaned: dict[str, Any] = _clean(record, levels=_MAX_DEPTH)
    return cleaned


def _integer(number: str) -> int:
    return int(_bounded(number))


def _decimal(number: str) -> Decimal:
    try:
        return Decimal(_bounded(number))
    except InvalidOperation:  # an exponent of twenty digits
        raise InvalidPayloadError("a number that is too large") from None


def _bounded(number: str) -> str:
    if len(number) > _MAX_DIGITS:
        raise InvalidPayloadError(f"a number of more than {_MAX_DIGITS} characters")
    return number


def _refuse_constant(constant: str) -> None:
    raise InvalidPayloadError(f"{constant} is not JSON")  # NaN or an Infinity


def _object_without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise InvalidPayloadError("a key twice in one object")  # readers differ on which counts
    return record


def _clean(value: Any, *, levels: int) -> Any:  # noqa: ANN401 -- any JSON
    if not levels:
        raise InvalidPayloadError(_TOO_DEEP)
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        inner = levels - 1
        return {_clean(key, levels=1): _clean(item, levels=inner) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item, levels=levels - 1) for item in value]
    return value
