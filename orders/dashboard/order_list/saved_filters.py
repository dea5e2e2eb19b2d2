"""The filters that staff use every day; each is an address."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from orders.dashboard.filters import TO_SHIP
from orders.models import Status


@dataclass(frozen=True)
class SavedFilter:
    """One filter, its name, and whether the page shows it."""

    name: str
    url: str
    is_current: bool


def saved_filters(query: QueryDict) -> list[SavedFilter]:
    """Return all saved filters, with the one of the query string marked as current."""
    today = timezone.now().date()
    monday = today - timedelta(days=today.weekday())
    named: dict[str, dict[str, str]] = {
        "All": {},
        "To ship": {"status": TO_SHIP},
        "On the way": {"status": Status.SHIPPED},
        "Flagged": {"flagged": "yes"},
        "Today": {"since": today.isoformat()},
        "This week": {"since": monday.isoformat()},
        "Cancelled": {"status": Status.CANCELLED},
    }
    current = {
        name: str(value) for name, value in query.dict().items() if value and name not in _PAGE_KEYS
    }
    return [_saved_filter(name, filters, current) for name, filters in named.items()]


_PAGE_KEYS = {"before", "after"}  # the place in a list, not which list


def _saved_filter(name: str, filters: dict[str, str], current: dict[str, str]) -> SavedFilter:
    query = QueryDict(mutable=True)
    query.update(filters)
    address = f"{reverse('orders:dashboard')}?{query.urlencode()}".rstrip("?")
    return SavedFilter(name, address, is_current=filters == current)
