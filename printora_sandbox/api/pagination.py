"""Pagination: ``limit`` and ``offset`` of a request, ``pagination`` of a response."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from pydantic import BaseModel, Field

from .fields import APIModel

M = TypeVar("M", bound=Model)

# More rows than any list has; offset + limit stays in the range of every database.
_MAX_OFFSET = 1_000_000_000


class PageQuery(BaseModel):
    """The requested part of a list."""

    limit: int = Field(default=20, ge=1, le=100)
    offset: int = Field(default=0, ge=0, le=_MAX_OFFSET)


class Pagination(APIModel):
    """The position of a page in its list."""

    total: int
    limit: int
    offset: int
    has_more: bool


def paginate(rows: QuerySet[M], page: PageQuery) -> tuple[list[M], Pagination]:
    """Return one page of the rows and its position."""
    total = rows.count()
    end = page.offset + page.limit
    pagination = Pagination(total=total, limit=page.limit, offset=page.offset, has_more=end < total)
    return list(rows[page.offset : end]), pagination
