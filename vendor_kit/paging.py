"""Walks through lists that are paged by offset, although their rows shift meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from .arguments import MAX_LIMIT
from .exceptions import InvalidResponseError
from .fields import Pagination

_MAX_IDLE_PAGES = 10  # in a row without a new row: then the vendor's paging is broken


class Row(Protocol):
    """A row that is known by an id."""

    @property
    def id(self) -> str:
        """Return what distinguishes this row from others."""


R_co = TypeVar("R_co", bound=Row, covariant=True)
R = TypeVar("R", bound=Row)


class Page(Protocol[R_co]):
    """One page of a list."""

    @property
    def rows(self) -> Sequence[R_co]:
        """Return its rows."""

    @property
    def pagination(self) -> Pagination:
        """Return where it lies in the list."""


def iterate_pages(fetch: Callable[[int, int], Page[R]]) -> Iterator[R]:
    """Yield every row of a list, each once; `fetch(limit, offset)` returns a page.

    Rows that arrive at the top push others onto the next page: those are known, and left out. Rows
    that vanish pull others forward: pages overlap by one row, and where the next page does not
    begin with a known row, some were pulled past us, so we go back for them.
    Raises InvalidResponseError when page after page has nothing new.
    """
    seen: set[str] = set()
    offset = overlap = idle = 0
    while True:
        page = fetch(MAX_LIMIT, offset)
        rows = page.rows
        idle += 1
        if overlap and (not rows or rows[0].id not in seen):
            offset = max(offset - MAX_LIMIT, 0)
            overlap = min(offset, 1)
        else:
            for row in rows:
                if row.id not in seen:
                    seen.add(row.id)
                    idle = 0
                    yield row
            if not rows or not page.pagination.has_more_after(len(rows), limit=MAX_LIMIT):
                return
            overlap = min(len(rows) - 1, 1)
            offset += len(rows) - overlap
        if idle > _MAX_IDLE_PAGES:
            raise InvalidResponseError("The vendor's pages repeat themselves.")
