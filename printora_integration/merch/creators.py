"""Creators, whose merch is sold."""

from collections.abc import Iterator

from printora_integration.client.resources.base import CREATED, DELETED, Resource
from printora_integration.schemas.api import OrderPage, OrderSummary
from vendor_kit.arguments import (
    UNSET,
    Unset,
    quote_path,
    require_absolute,
    require_choice,
    require_page,
    require_text,
    set_fields,
    without_none,
)
from vendor_kit.paging import iterate_pages
from vendor_kit.responses import parse

from .schemas import Creator, CreatorPage, CreatorStats, CreatorStatus

_ONE = "creators/{creator_id}"


class Creators(Resource):
    """The creators whose merch is sold (flow B).

    Printora: https://docs.printora.ai/partner-api, `/creators`.
    """

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

        Printora: https://docs.printora.ai/partner-api, `POST /creators`.
        """
        require_text("name", name)
        require_absolute(logo_url=logo_url)
        body = without_none(
            name=name, slug=slug, email=email, description=description, logoUrl=logo_url
        )
        record = self._request("POST", "creators", json=body, accept=CREATED)
        return parse(Creator, record, "creator")

    def list(self, *, limit: int = 20, offset: int = 0) -> CreatorPage:
        """Return one page of creators: `limit` (1 to 100) after the first `offset`.

        Printora: https://docs.printora.ai/partner-api, `GET /creators`.
        """
        require_page(limit=limit, offset=offset)
        params = {"limit": limit, "offset": offset}
        return parse(CreatorPage, self._request("GET", "creators", params=params))

    def iterate(self) -> Iterator[Creator]:
        """Yield every creator, each once, though rows shift between pages.

        One call a page of 100, made as you go.
        Printora: https://docs.printora.ai/partner-api, `GET /creators`.
        """
        return iterate_pages(lambda limit, offset: self.list(limit=limit, offset=offset))

    def get(self, creator_id: str) -> Creator:
        """Return one creator.

        Raises NotFoundError, and PermissionDeniedError for another partner's.
        Printora: https://docs.printora.ai/partner-api, `GET /creators/:id`.
        """
        record = self._request("GET", quote_path(_ONE, creator_id=creator_id))
        return parse(Creator, record, "creator")

    def update(
        self,
        creator_id: str,
        *,
        name: str | Unset = UNSET,
        slug: str | Unset = UNSET,
        email: str | Unset | None = UNSET,
        description: str | Unset | None = UNSET,
        logo_url: str | Unset | None = UNSET,
    ) -> Creator:
        """Change what is given, and leave the rest; None empties a field.

        Raises as `get` does.
        Printora: https://docs.printora.ai/partner-api, `PUT /creators/:id`.
        """
        require_text("name", name)
        require_absolute(logo_url=logo_url)
        body = set_fields(
            name=name, slug=slug, email=email, description=description, logoUrl=logo_url
        )
        record = self._request("PUT", quote_path(_ONE, creator_id=creator_id), json=body)
        return parse(Creator, record, "creator")

    def set_status(self, creator_id: str, *, status: str) -> Creator:
        """Make a creator `active`, `inactive` or `suspended`.

        Raises as `get` does.
        Printora: https://docs.printora.ai/partner-api, `PUT /creators/:id/status`.
        """
        require_text("status", status)
        require_choice("status", status, CreatorStatus)
        path = quote_path(f"{_ONE}/status", creator_id=creator_id)
        return parse(Creator, self._request("PUT", path, json={"status": status}), "creator")

    def delete(self, creator_id: str) -> None:
        """Delete a creator, and with it all of its merch.

        Raises as `get` does; NotFoundError also when a first attempt did it
        and its response was lost.
        Printora: https://docs.printora.ai/partner-api, `DELETE /creators/:id`.
        """
        self._request("DELETE", quote_path(_ONE, creator_id=creator_id), accept=DELETED)

    def stats(self, creator_id: str) -> CreatorStats:
        """Return what a creator has sold; revenue is Decimal.

        Raises as `get` does.
        Printora: https://docs.printora.ai/partner-api, `GET /creators/:id/stats`.
        """
        record = self._request("GET", quote_path(f"{_ONE}/stats", creator_id=creator_id))
        return parse(CreatorStats, record, "stats")

    def orders(self, creator_id: str, *, limit: int = 20, offset: int = 0) -> OrderPage:
        """Return one page of a creator's orders: `limit` (1 to 100) after the first `offset`.

        Raises as `get` does.
        Printora: https://docs.printora.ai/partner-api, `GET /creators/:id/orders`.
        """
        require_page(limit=limit, offset=offset)
        path = quote_path(f"{_ONE}/orders", creator_id=creator_id)
        params = {"limit": limit, "offset": offset}
        return parse(OrderPage, self._request("GET", path, params=params))

    def iterate_orders(self, creator_id: str) -> Iterator[OrderSummary]:
        """Yield every order of a creator, each once, though rows shift between pages.

        One call a page of 100, made as you go.
        Printora: https://docs.printora.ai/partner-api, `GET /creators/:id/orders`.
        """
        return iterate_pages(
            lambda limit, offset: self.orders(creator_id, limit=limit, offset=offset)
        )
