"""Name the filters that the desk asks for every day; each is an address."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from .filters import TO_SHIP
from .models import Status


@dataclass(frozen=True)
class SavedFilter:
    """Hold one filter by its name."""

    name: str
    url: str
    is_current: bool


def saved_filters(query: QueryDict) -> list[SavedFilter]:
    """Return every saved filter, with the one that the address holds marked."""
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
    now = {name: str(value) for name, value in query.dict().items() if value and name not in _PLACE}
    return [_saved(name, filters, now) for name, filters in named.items()]


_PLACE = {"before", "after"}  # where in the list, not which list


def _saved(name: str, filters: dict[str, str], now: dict[str, str]) -> SavedFilter:
    words = QueryDict(mutable=True)
    words.update(filters)
    address = f"{reverse('orders:dashboard')}?{words.urlencode()}".rstrip("?")
    return SavedFilter(name, address, is_current=filters == now)
