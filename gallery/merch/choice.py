"""Read what a visitor chose of an item, and say what is wrong with it in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from .models import CURRENCY, MerchItem, Variant


@dataclass(frozen=True)
class Choice:
    """Hold a colour, a size and a quantity; `problem` says why they cannot be ordered, or ""."""

    FIELDS: ClassVar = ("color", "size", "quantity", "price_shown")

    color: str = ""
    size: str = ""
    quantity: int = 1
    variant: Variant | None = None
    problem: str = ""


def choose(item: MerchItem, posted: Mapping[str, str]) -> Choice:
    """Return the choice in a posted form, checked against the item as it is now."""
    color, size = posted.get("color", ""), posted.get("size", "")
    variant = item.variant(color=color, size=size)
    quantity = _quantity(posted.get("quantity", "1"))
    problem = _problem(item, variant, quantity, posted.get("price_shown", ""))
    return Choice(color, size, quantity or 1, variant, problem)


def _problem(item: MerchItem, variant: Variant | None, quantity: int, price_shown: str) -> str:
    if not item.is_for_sale:
        return "This item is no longer sold."
    if item.is_sold_out:
        return "This item is sold out. Nothing was ordered."
    if variant is None:
        return "Choose a colour and a size that go together."
    if not 1 <= quantity <= item.most_at_once:
        left = f"Only {item.stock_left} are left. " if item.stock_left is not None else ""
        return f"{left}Choose a quantity from 1 to {item.most_at_once}."
    if _has_changed(variant.price, price_shown):
        return (
            f"The price has changed: {variant.name} now costs {variant.price:.2f} {CURRENCY}. "
            "Nothing was ordered; press the button again if you still want it."
        )
    return ""


def _has_changed(price: Decimal | None, shown: str) -> bool:
    """Tell whether the highest price that the page showed is not enough any more."""
    try:
        return price is not None and bool(shown) and price > Decimal(shown)
    except InvalidOperation:
        return False


def _quantity(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 5 else 0
