"""Filters for prices and variants of merch."""

from decimal import Decimal

from django import template

from gallery.models import MerchItem

register = template.Library()


@register.filter
def price_range(item: MerchItem, currency: str) -> str:
    """Format an item's price, or the lowest and the highest: `18.00–24.50 USD`."""
    return (
        f"{'–'.join(_format_price(price) for price in item.prices)} {currency}"
        if item.prices
        else ""
    )


@register.filter
def variant_table(item: MerchItem) -> list[dict[str, str]]:
    """Return the variants for the page's script."""
    return [
        {
            "color": each.color,
            "size": each.size,
            "price": "" if each.price is None else str(each.price),
        }
        for each in item.variants
    ]


def _format_price(price: Decimal) -> str:
    return f"{price:,.2f}"
