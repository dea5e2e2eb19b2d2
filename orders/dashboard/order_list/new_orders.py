"""How many orders have come in since a list was opened; the list itself does not move."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from orders.models import OrderQuerySet
from orders.pagination import read_key

MAX_COUNT = 99  # nobody needs an exact number beyond it


@dataclass(frozen=True)
class NewOrders:
    """The number of new orders, and the addresses to ask again and to see them."""

    count: int
    poll_url: str
    show_url: str

    @property
    def message(self) -> str:
        """Return the text of the link to them."""
        if self.count > MAX_COUNT:
            return f"More than {MAX_COUNT} new orders"
        return "1 new order" if self.count == 1 else f"{self.count} new orders"


def count_new_orders(query: QueryDict, orders: OrderQuerySet) -> NewOrders | None:
    """Count the orders newer than `?newest=`; None while it is the count of `?shown=`."""
    newest, shown = read_key(query, "newest") or 0, read_key(query, "shown") or 0
    newer = orders.filter(pk__gt=newest).order_by("pk").values_list("pk")
    count = len(newer[: MAX_COUNT + 1])
    if count == shown:
        return None
    filters = query.copy()
    for name in ("newest", "shown", "before", "after"):
        filters.pop(name, None)
    show_url = f"{reverse('orders:dashboard')}?{filters.urlencode()}"
    filters["newest"], filters["shown"] = str(newest), str(count)
    return NewOrders(count, f"{reverse('orders:new_orders')}?{filters.urlencode()}", show_url)
