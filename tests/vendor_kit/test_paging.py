"""A walk through a paged list yields every row once, though rows shift between pages."""

from collections.abc import Callable, Iterator

import pytest

from vendor_kit.exceptions import InvalidResponseError
from vendor_kit.fields import APIModel, OpaqueId, Pagination
from vendor_kit.paging import iterate_pages


class Thing(APIModel):
    """A row that is known by its id."""

    id: OpaqueId


class ThingPage(APIModel):
    """One page of things."""

    rows: tuple[Thing, ...] = ()
    pagination: Pagination = Pagination()


class Shop:
    """A list of things, newest first, that changes between one page and the next."""

    def __init__(self, count: int) -> None:
        self.ids = [f"t{number}" for number in range(count)]
        self.changes: list[Callable[[list[str]], None]] = []
        self.pages = 0

    def fetch(self, limit: int, offset: int) -> ThingPage:
        self.pages += 1
        rows = tuple(Thing(id=row) for row in self.ids[offset : offset + limit])
        has_more = offset + limit < len(self.ids)
        pagination = Pagination(total=len(self.ids), limit=limit, offset=offset, has_more=has_more)
        if self.changes:
            self.changes.pop(0)(self.ids)
        return ThingPage(rows=rows, pagination=pagination)

    def walk(self) -> list[str]:
        """Return the ids that a walk through all pages yields."""
        return [thing.id for thing in iterate_pages(self.fetch)]


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 199, 200, 350])
def test_walk_yields_every_row_once_and_in_order(count: int) -> None:
    shop = Shop(count)
    assert shop.walk() == shop.ids


def test_page_is_fetched_when_it_is_needed() -> None:
    shop = Shop(300)
    rows: Iterator[Thing] = iterate_pages(shop.fetch)
    assert shop.pages == 0
    assert next(rows).id == "t0"
    assert shop.pages == 1


@pytest.mark.parametrize("arrivals", [1, 50, 150])
def test_row_that_arrives_meanwhile_repeats_none(arrivals: int) -> None:
    shop = Shop(250)
    known = list(shop.ids)
    shop.changes = [lambda ids: ids.__setitem__(slice(0, 0), [f"n{i}" for i in range(arrivals)])]
    walked = shop.walk()
    assert [row for row in walked if row in known] == known
    assert len(walked) == len(set(walked))


@pytest.mark.parametrize("count", [1, 2, 60, 100, 180])
def test_row_that_vanishes_meanwhile_hides_none(count: int) -> None:
    shop = Shop(350)
    remaining = shop.ids[count:]
    shop.changes = [lambda ids: ids.__delitem__(slice(0, count))]
    walked = shop.walk()
    assert set(remaining) <= set(walked)
    assert len(walked) == len(set(walked))


def test_walk_ends_when_all_rows_vanish() -> None:
    shop = Shop(250)
    first = shop.ids[:100]
    shop.changes = [list.clear]
    assert shop.walk() == first


def test_walk_goes_on_while_pages_are_full_where_no_total_is_given() -> None:
    rows = tuple(Thing(id=f"t{number}") for number in range(150))
    things = iterate_pages(lambda limit, offset: ThingPage(rows=rows[offset : offset + limit]))
    assert len(list(things)) == 150


def test_page_that_repeats_for_ever_is_invalid() -> None:
    page = ThingPage(rows=(Thing(id="t1"), Thing(id="t2")), pagination=Pagination(has_more=True))
    fetched: list[int] = []

    def fetch(_limit: int, offset: int) -> ThingPage:
        fetched.append(offset)
        return page

    with pytest.raises(InvalidResponseError, match="repeat"):
        list(iterate_pages(fetch))
    assert len(fetched) < 20
