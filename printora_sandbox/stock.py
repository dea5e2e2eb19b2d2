"""Limited editions: every piece is sold once, whoever comes at the same time."""

from django.db.models import F, Q

from .models import Merch, Order


class SoldOutError(Exception):
    """There are fewer pieces left than wanted; ``remaining`` says how many, if any."""

    def __init__(self, remaining: int) -> None:
        self.remaining = remaining
        units = "unit" if remaining == 1 else "units"
        super().__init__(
            f"Only {remaining} {units} remaining" if remaining else "Merch is sold out"
        )


def require_stock(merch: Merch, quantity: int) -> None:
    """Raise ``SoldOutError`` if so many can't be had now; nothing is set aside."""
    if merch.stock_remaining is not None and merch.stock_remaining < quantity:
        raise SoldOutError(merch.stock_remaining)


def take_stock(merch: Merch, quantity: int) -> None:
    """Count these pieces as sold, in the caller's transaction; raise ``SoldOutError``.

    One conditional UPDATE decides: of two that want the last piece, the second finds none.
    """
    enough = Q(stock_limit__isnull=True) | Q(stock_limit__gte=F("stock_sold") + quantity)
    taken = Merch.objects.filter(enough, pk=merch.pk).update(stock_sold=F("stock_sold") + quantity)
    merch.refresh_from_db(fields=("stock_sold", "stock_limit"))
    if not taken:
        raise SoldOutError(merch.stock_remaining or 0)


def give_back(order: Order) -> None:
    """Put the pieces of an order that was never paid back on the shelf."""
    for item in order.items.select_related("merch"):
        if item.merch:
            sold = Merch.objects.filter(pk=item.merch.pk, stock_sold__gte=item.quantity)
            sold.update(stock_sold=F("stock_sold") - item.quantity)
