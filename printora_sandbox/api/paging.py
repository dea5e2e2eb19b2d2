"""Pages of a list: ``limit`` and ``offset`` in, ``pagination`` out."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from pydantic import BaseModel, Field

from .fields import Reply

M = TypeVar("M", bound=Model)

# Beyond what any database can count to; it also keeps offset + limit in range.
_OFFSET_MAX = 1_000_000_000


class PageQuery(BaseModel):
    """Which part of a list is wanted."""

    limit: int = Field(default=20, ge=1, le=100)
    offset: int = Field(default=0, ge=0, le=_OFFSET_MAX)


class Pagination(Reply):
    """Where a page stands in its list."""

    total: int
    limit: int
    offset: int
    has_more: bool


def cut(rows: QuerySet[M], page: PageQuery) -> tuple[list[M], Pagination]:
    """Return one page of the rows, and where it stands."""
    total = rows.count()
    end = page.offset + page.limit
    pagination = Pagination(total=total, limit=page.limit, offset=page.offset, has_more=end < total)
    return list(rows[page.offset : end]), pagination
