"""Cut a period out of a table that is read by key, at the cost of the period alone."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet, Subquery

M = TypeVar("M", bound=Model)

# Keys grow with time, but for writers that overtook each other by a moment.
_OVERTAKEN = 1000


def since(rows: QuerySet[M], column: str, day: date) -> QuerySet[M]:
    """Return the rows whose indexed time is on this day (UTC) or later.

    The key is bound too, so that a walk along the keys ends at the day's edge.
    """
    inside = {f"{column}__gte": _midnight(day)}
    first = _all_like(rows).filter(**inside).order_by(column).values("pk")[:1]
    return rows.filter(**inside, pk__gt=Subquery(first) - _OVERTAKEN)


def until(rows: QuerySet[M], column: str, day: date) -> QuerySet[M]:
    """Return the rows whose indexed time is on this day (UTC) or earlier; else as `since`."""
    if day == date.max:
        return rows
    inside = {f"{column}__lt": _midnight(day + timedelta(days=1))}
    last = _all_like(rows).filter(**inside).order_by(f"-{column}").values("pk")[:1]
    return rows.filter(**inside, pk__lt=Subquery(last) + _OVERTAKEN)


def _all_like(rows: QuerySet[M]) -> QuerySet[M]:
    return QuerySet(rows.model)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
