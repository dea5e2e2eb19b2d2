"""Know what has come in since a list was opened, without moving its rows."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from .models import OrderQuerySet
from .paging import read_key

MOST = 99  # more need no exact number


@dataclass(frozen=True)
class News:
    """Hold how many orders are new, and where to ask next and see them."""

    count: int
    poll_url: str
    show_url: str

    @property
    def words(self) -> str:
        """Return what the list says of it."""
        if self.count > MOST:
            return f"More than {MOST} new orders"
        return "1 new order" if self.count == 1 else f"{self.count} new orders"


def count_news(query: QueryDict, orders: OrderQuerySet) -> News | None:
    """Count the orders that are newer than `?newest=`; None when that is what was `?told=`."""
    newest, told = read_key(query, "newest") or 0, read_key(query, "told") or 0
    newer = orders.filter(pk__gt=newest).order_by("pk").values_list("pk")
    count = len(newer[: MOST + 1])
    if count == told:
        return None
    filters = query.copy()
    for name in ("newest", "told", "before", "after"):
        filters.pop(name, None)
    show_url = f"{reverse('orders:dashboard')}?{filters.urlencode()}"
    filters["newest"], filters["told"] = str(newest), str(count)
    return News(count, f"{reverse('orders:news')}?{filters.urlencode()}", show_url)
