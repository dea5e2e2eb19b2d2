"""Numbered pages of a list that is never counted."""

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

PAGE_SIZE = 12
_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,3}")  # 9,999 pages: a safe offset everywhere

T = TypeVar("T", bound=Model)


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page: its items, its number from 1, and whether another follows."""

    items: list[T]
    number: int
    has_next: bool

    @property
    def next_number(self) -> int:
        """Return the number of the page after this one."""
        return self.number + 1

    @property
    def previous_number(self) -> int:
        """Return the number of the page before this one."""
        return self.number - 1

    @property
    def is_first(self) -> bool:
        """Return whether this is the first page."""
        return self.number == 1


def get_page(queryset: QuerySet[T], raw_number: str) -> Page[T]:
    """Return the page of this number, as text from the address; raises Http404 if there is none.

    One row more than a page holds is read: it shows whether another page follows.
    """
    if not _PAGE_NUMBER.fullmatch(raw_number):
        raise Http404("Not a page number.")
    number = int(raw_number)
    start = (number - 1) * PAGE_SIZE
    rows = list(queryset[start : start + PAGE_SIZE + 1])
    if not rows and number > 1:
        raise Http404("No such page.")
    return Page(items=rows[:PAGE_SIZE], number=number, has_next=len(rows) > PAGE_SIZE)
