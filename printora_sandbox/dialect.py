"""The wire as it is today, as older documents have it, and with what nobody has announced yet."""

from typing import Any

from pydantic.alias_generators import to_snake

from .models import Faults

_EXTRA = {"loyaltyPoints": 12, "giftWrap": {"wanted": False, "paperColor": None}}


def reworded(data: dict[str, Any], faults: Faults) -> dict[str, Any]:
    """Return the data of a reply or a webhook in the dialect that the faults ask for."""
    told = {**data, **_EXTRA} if faults.extra_fields else data
    snake: dict[str, Any] = _snake(told) if faults.snake_case else told
    return snake


# What the design editor keeps is its own affair: nobody translates it.
_UNTOLD = ("konvaMetadata",)


def _snake(value: Any) -> Any:  # noqa: ANN401  (any JSON)
    if isinstance(value, dict):
        return {
            to_snake(name): each if name in _UNTOLD else _snake(each)
            for name, each in value.items()
        }
    return [_snake(each) for each in value] if isinstance(value, list) else value
