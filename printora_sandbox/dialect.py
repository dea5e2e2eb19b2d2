"""The JSON dialects: today's, the older documents' snake_case, and one with unknown fields."""

from typing import Any

from pydantic.alias_generators import to_snake

from .models import Faults

_UNKNOWN_FIELDS = {"loyaltyPoints": 12, "giftWrap": {"selected": False, "paperColor": None}}
# The design editor defines this data, so its keys are not translated.
_OPAQUE_FIELDS = ("konvaMetadata",)


def apply_dialect(data: dict[str, Any], faults: Faults) -> dict[str, Any]:
    """Return the data of a response or a webhook in the dialect that the faults select."""
    extended = {**data, **_UNKNOWN_FIELDS} if faults.extra_fields else data
    converted: dict[str, Any] = _to_snake_case(extended) if faults.snake_case else extended
    return converted


def _to_snake_case(value: Any) -> Any:  # noqa: ANN401  (any JSON)
    if isinstance(value, dict):
        return {
            to_snake(name): each if name in _OPAQUE_FIELDS else _to_snake_case(each)
            for name, each in value.items()
        }
    return [_to_snake_case(each) for each in value] if isinstance(value, list) else value
