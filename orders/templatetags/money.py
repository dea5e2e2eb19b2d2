"""Amounts of money, as text."""

from decimal import Decimal, InvalidOperation

from django import template

register = template.Library()


@register.filter
def money(amount: object, currency: str = "") -> str:
    """Return an amount with at least two decimals and its currency, or "" when there is none.

    Takes a Decimal or a numeric string: `{{ order.total_amount|money:order.currency }}`.
    """
    try:
        exact = Decimal(str(amount))
    except InvalidOperation:
        return ""
    places = max(2, -int(exact.normalize().as_tuple().exponent))
    return f"{exact:,.{places}f} {currency}".strip()
