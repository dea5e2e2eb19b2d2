"""A period of a table that is read by key, at the cost of the period alone."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import QuerySet, Subquery

Rows = TypeVar("Rows", bound=QuerySet[Any])

# Keys grow with time, except where two writers overtake each other by a moment.
_MAX_DISORDER = 1000


def since(rows: Rows, column: str, day: date) -> Rows:
    """Return the rows whose indexed time is on this day (UTC) or later.

    The key has a bound too, so that a scan along the keys ends at the edge of the day.
    """
    inside = {f"{column}__gte": _midnight(day)}
    first = _all_rows(rows).filter(**inside).order_by(column).values("pk")[:1]
    return rows.filter(**inside, pk__gt=Subquery(first) - _MAX_DISORDER)


def until(rows: Rows, column: str, day: date) -> Rows:
    """Return the rows whose indexed time is on this day (UTC) or earlier; like `since`."""
    if day == date.max:
        return rows
    inside = {f"{column}__lt": _midnight(day + timedelta(days=1))}
    last = _all_rows(rows).filter(**inside).order_by(f"-{column}").values("pk")[:1]
    return rows.filter(**inside, pk__lt=Subquery(last) + _MAX_DISORDER)


def _all_rows(rows: QuerySet[Any]) -> QuerySet[Any]:
    return QuerySet(rows.model)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
