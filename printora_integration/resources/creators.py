"""Manage the creators whose merch is sold."""

from collections.abc import Iterator, Sequence

from printora_integration.arguments import (
    UNCHANGED,
    Unchanged,
    changes,
    endpoint,
    require_absolute,
    require_member,
    require_page,
    require_text,
    without_none,
)
from printora_integration.goods import Creator, CreatorPage, CreatorStats, CreatorStatus
from printora_integration.replies import parse
from printora_integration.schemas import OrderPage, OrderSummary
from printora_integration.wire import Pagination

from .base import CREATED, DELETED, Resource
from .paging import walk

_ONE = "creators/{creator_id}"


class Creators(Resource):
    """Manage the creators whose merch is sold (flow B). Printora: `/creators`."""

    def create(
        self,
        *,
        name: str,
        slug: str | None = None,
        email: str | None = None,
        description: str | None = None,
        logo_url: str | None = None,
    ) -> Creator:
        """Create a creator; `name` is 1 to 255 characters, `logo_url` absolute.

        Printora: `POST /creators`.
        """
        require_text("name", name)
        require_absolute(logo_url=logo_url)
        body = without_none(
            name=name, slug=slug, email=email, description=description, logoUrl=logo_url
        )
        reply = self._call("POST", endpoint("creators"), json=body, accept=CREATED)
        return parse(Creator, reply, "creator")

    def list(self, *, limit: int = 20, offset: int = 0) -> CreatorPage:
        """Return one page of creators: `limit` (1 to 100) after the first `offset`.

        Printora: `GET /creators`.
        """
        require_page(limit=limit, offset=offset)
        params = {"limit": limit, "offset": offset}
        return parse(CreatorPage, self._call("GET", endpoint("creators"), params=params))

    def iterate(self) -> Iterator[Creator]:
        """Yield every creator, each once, though rows shift between pages.

        One call a page of 100, made as you go. Printora: `GET /creators`.
        """

        def fetch(limit: int, offset: int) -> tuple[Sequence[Creator], Pagination]:
            page = self.list(limit=limit, offset=offset)
            return page.creators, page.pagination

        return walk(fetch)

    def get(self, creator_id: str) -> Creator:
        """Return one creator.

        Raises NotFoundError, and PermissionDeniedError for another partner's. Printora:
        `GET /creators/:id`.
        """
        reply = self._call("GET", endpoint(_ONE, creator_id=creator_id))
        return parse(Creator, reply, "creator")

    def update(
        self,
        creator_id: str,
        *,
        name: str | Unchanged = UNCHANGED,
        slug: str | Unchanged = UNCHANGED,
        email: str | Unchanged | None = UNCHANGED,
        description: str | Unchanged | None = UNCHANGED,
        logo_url: str | Unchanged | None = UNCHANGED,
    ) -> Creator:
        """Change what is given, and leave the rest; None empties a field.

        Raises as `get` does. Printora: `PUT /creators/:id`.
        """
        require_text("name", name)
        require_absolute(logo_url=logo_url)
        body = changes(name=name, slug=slug, email=email, description=description, logoUrl=logo_url)
        reply = self._call("PUT", endpoint(_ONE, creator_id=creator_id), json=body)
        return parse(Creator, reply, "creator")

    def set_status(self, creator_id: str, *, status: str) -> Creator:
        """Make a creator `active`, `inactive` or `suspended`.

        Raises as `get` does. Printora: `PUT /creators/:id/status`.
        """
        require_text("status", status)
        require_member("status", status, CreatorStatus)
        path = endpoint(f"{_ONE}/status", creator_id=creator_id)
        return parse(Creator, self._call("PUT", path, json={"status": status}), "creator")

    def delete(self, creator_id: str) -> None:
        """Delete a creator, and with it all of its merch.

        Raises as `get` does; NotFoundError also when a first try did it and its reply was lost.
        Printora: `DELETE /creators/:id`.
        """
        self._call("DELETE", endpoint(_ONE, creator_id=creator_id), accept=DELETED)

    def stats(self, creator_id: str) -> CreatorStats:
        """Return what a creator has sold; revenue is Decimal.

        Raises as `get` does. Printora: `GET /creators/:id/stats`.
        """
        reply = self._call("GET", endpoint(f"{_ONE}/stats", creator_id=creator_id))
        return parse(CreatorStats, reply, "stats")

    def orders(self, creator_id: str, *, limit: int = 20, offset: int = 0) -> OrderPage:
        """Return one page of a creator's orders: `limit` (1 to 100) after the first `offset`.

        Raises as `get` does. Printora: `GET /creators/:id/orders`.
        """
        require_page(limit=limit, offset=offset)
        path = endpoint(f"{_ONE}/orders", creator_id=creator_id)
        params = {"limit": limit, "offset": offset}
        return parse(OrderPage, self._call("GET", path, params=params))

    def iterate_orders(self, creator_id: str) -> Iterator[OrderSummary]:
        """Yield every order of a creator, each once, though rows shift between pages.

        One call a page of 100, made as you go. Printora: `GET /creators/:id/orders`.
        """

        def fetch(limit: int, offset: int) -> tuple[Sequence[OrderSummary], Pagination]:
            page = self.orders(creator_id, limit=limit, offset=offset)
            return page.orders, page.pagination

        return walk(fetch)
