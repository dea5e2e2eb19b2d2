"""Walk a list that is paged by offset while its rows shift."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from printora_integration.arguments import MAX_LIMIT
from printora_integration.exceptions import UnexpectedReplyError
from printora_integration.wire import Pagination

_IDLE_PAGES = 10  # in a row without anything new, and the pages are not what they should be


class Row(Protocol):
    """Be known by an id."""

    @property
    def id(self) -> str:
        """Return what tells this row from others."""


R = TypeVar("R", bound=Row)
Fetch = Callable[[int, int], tuple[Sequence[R], Pagination]]


def walk(fetch: Fetch[R]) -> Iterator[R]:
    """Yield every row of a list, each once; `fetch(limit, offset)` returns a page.

    Rows that arrive at the top push others onto the next page: those are known, and left out. Rows
    that vanish pull others forward: pages overlap by one row, and where the next page does not
    begin with a row that we know, some were pulled past us, so we go back for them.
    Raises UnexpectedReplyError when page after page says nothing new.
    """
    seen: set[str] = set()
    offset = overlap = idle = 0
    while True:
        rows, pagination = fetch(MAX_LIMIT, offset)
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
            if not rows or not pagination.has_more_after(len(rows), limit=MAX_LIMIT):
                return
            overlap = min(len(rows) - 1, 1)
            offset += len(rows) - overlap
        if idle > _IDLE_PAGES:
            raise UnexpectedReplyError("Printora's pages repeat themselves.")
