"""A visitor's choice of an item's colour, size and quantity, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from gallery.models.merch import CURRENCY, MerchItem, Variant


@dataclass(frozen=True)
class Choice:
    """A colour, a size and a quantity; `problem` says why they cannot be ordered, or ""."""

    FIELDS: ClassVar = ("color", "size", "quantity", "price_shown")

    color: str = ""
    size: str = ""
    quantity: int = 1
    variant: Variant | None = None
    problem: str = ""


def read_choice(item: MerchItem, posted: Mapping[str, str]) -> Choice:
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
    if not 1 <= quantity <= item.max_quantity:
        left = f"Only {item.stock_left} are left. " if item.stock_left is not None else ""
        return f"{left}Choose a quantity from 1 to {item.max_quantity}."
    if _has_risen(variant.price, price_shown):
        return (
            f"The price has changed: {variant.name} now costs {variant.price:.2f} {CURRENCY}. "
            "Nothing was ordered. Press the button again if you still want it."
        )
    return ""


def _has_risen(price: Decimal | None, shown: str) -> bool:
    """Return whether the price is now above the highest price that the page showed."""
    try:
        return price is not None and bool(shown) and price > Decimal(shown)
    except InvalidOperation:
        return False


def _quantity(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 5 else 0
