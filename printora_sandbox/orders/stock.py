"""The stock of limited editions: each piece is sold once, also to simultaneous buyers."""

from django.db.models import F, Q

from printora_sandbox.models import Merch, Order


class SoldOutError(Exception):
    """A shortage: fewer pieces remain than the buyer ordered. ``remaining`` is their number."""

    def __init__(self, remaining: int) -> None:
        self.remaining = remaining
        units = "unit" if remaining == 1 else "units"
        super().__init__(
            f"Only {remaining} {units} remaining" if remaining else "Merch is sold out"
        )


def check_stock(merch: Merch, quantity: int) -> None:
    """Raise ``SoldOutError`` if fewer pieces remain; reserve nothing."""
    if merch.stock_remaining is not None and merch.stock_remaining < quantity:
        raise SoldOutError(merch.stock_remaining)


def reserve_stock(merch: Merch, quantity: int) -> None:
    """Count these pieces as sold, in the caller's transaction; raise ``SoldOutError``.

    One conditional UPDATE decides: of two buyers of the last piece, the second changes no row.
    """
    enough = Q(stock_limit__isnull=True) | Q(stock_limit__gte=F("stock_sold") + quantity)
    changed = Merch.objects.filter(enough, pk=merch.pk).update(
        stock_sold=F("stock_sold") + quantity
    )
    merch.refresh_from_db(fields=("stock_sold", "stock_limit"))
    if not changed:
        raise SoldOutError(merch.stock_remaining or 0)


def release_stock(order: Order) -> None:
    """Make the pieces of an unpaid order available again."""
    for item in order.items.select_related("merch"):
        if item.merch:
            sold = Merch.objects.filter(pk=item.merch.pk, stock_sold__gte=item.quantity)
            sold.update(stock_sold=F("stock_sold") - item.quantity)
