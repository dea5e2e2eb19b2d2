"""Keyset pagination: the cost of a page does not grow with its distance from the first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict

PAGE_SIZE = 50

Row = TypeVar("Row", bound=Model)


@dataclass
class KeysetPage(Generic[Row]):
    """One page of rows, newest first, and the addresses of its neighbours ("" where none is)."""

    object_list: list[Row] = field(default_factory=list)
    next_url: str = ""
    previous_url: str = ""


def keyset_page(
    request: HttpRequest, rows: QuerySet[Row], *, size: int = PAGE_SIZE
) -> KeysetPage[Row]:
    """Return the page that `?before=` or `?after=` (a primary key) asks for; else the newest.

    The filters in the address stay as they are. A key that is not a number is ignored.
    """
    before, after = (read_key(request.GET, name) for name in ("before", "after"))
    if after is not None:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        page = list(reversed(found[:size]))
        has_newer, has_older = len(found) > size, bool(page)
    else:
        older = rows.filter(pk__lt=before) if before is not None else rows
        found = list(older.order_by("-pk")[: size + 1])
        page = found[:size]
        has_newer, has_older = before is not None, len(found) > size
    return KeysetPage(
        page,
        next_url=_address(request, "before", page[-1].pk) if has_older and page else "",
        previous_url=_address(request, "after", page[0].pk) if has_newer and page else "",
    )


def batches(rows: QuerySet[Row], *, size: int = 1000) -> Iterator[list[Row]]:
    """Yield all rows, newest first, in lists of `size`: no cursor, no transaction held open."""
    batch = list(rows.order_by("-pk")[:size])
    while batch:
        yield batch
        batch = list(rows.filter(pk__lt=batch[-1].pk).order_by("-pk")[:size])


def read_key(query: QueryDict, name: str) -> int | None:
    """Return a key from the address, or None where there is no valid one."""
    value = query.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 19 else None


def _address(request: HttpRequest, name: str, key: int) -> str:
    query = request.GET.copy()
    query.pop("before", None)
    query.pop("after", None)
    query[name] = str(key)
    return f"?{query.urlencode()}"
