"""Write prices and pictures of merch."""

from decimal import Decimal

from django import template

from gallery.merch.models import MerchItem

register = template.Library()


@register.filter
def price_range(item: MerchItem, currency: str) -> str:
    """Write an item's price, or the lowest and the highest: `18.00–24.50 USD`."""
    return f"{'–'.join(_written(price) for price in item.prices)} {currency}" if item.prices else ""


@register.filter
def variant_table(item: MerchItem) -> list[dict[str, str]]:
    """Return what the page's script needs to know of each variant."""
    return [
        {
            "color": each.color,
            "size": each.size,
            "price": "" if each.price is None else str(each.price),
        }
        for each in item.variants
    ]


def _written(price: Decimal) -> str:
    return f"{price:,.2f}"
