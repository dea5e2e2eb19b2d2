"""Manage the merch of creators."""

from collections.abc import Iterator, Sequence

from printora_integration.arguments import (
    UNCHANGED,
    Unchanged,
    changes,
    endpoint,
    require_absolute,
    require_member,
    require_number,
    require_page,
    require_some,
    require_text,
    without_none,
)
from printora_integration.goods import CreatedMerch, EditSession, Merch, MerchPage, MerchStatus
from printora_integration.replies import parse
from printora_integration.wire import Pagination

from .base import CREATED, DELETED, Resource
from .paging import walk

_ALL = "creators/{creator_id}/merch"
_ONE = _ALL + "/{merch_id}"


class MerchItems(Resource):
    """Manage a creator's merch: products with a picture on them (flow C).

    Printora: `/creators/:id/merch`.
    """

    def create(
        self,
        creator_id: str,
        *,
        title: str,
        product_id: str,
        variant_ids: Sequence[str],
        description: str | None = None,
        design_image_url: str | None = None,
        stock_limit: int | None = None,
    ) -> CreatedMerch:
        """Create an item; its `edit_session` opens the design editor once, within 24 hours.

        `stock_limit` is in pieces, None without limit. Raises NotFoundError, PermissionDeniedError
        for another partner's creator, and RequestInvalidError for variants of another product.
        Printora: `POST /creators/:id/merch`.
        """
        require_text("title", title)
        require_text("product_id", product_id, longest=128)
        require_some("variant_ids", variant_ids)
        require_absolute(design_image_url=design_image_url)
        require_number("stock_limit", stock_limit, 0)
        body = without_none(
            title=title,
            description=description,
            productId=product_id,
            variantIds=[*variant_ids],
            designImageUrl=design_image_url,
            stockLimit=stock_limit,
        )
        path = endpoint(_ALL, creator_id=creator_id)
        return parse(CreatedMerch, self._call("POST", path, json=body, accept=CREATED))

    def list(self, creator_id: str, *, limit: int = 20, offset: int = 0) -> MerchPage:
        """Return one page of a creator's items: `limit` (1 to 100) after the first `offset`.

        Raises NotFoundError, and PermissionDeniedError for another partner's creator. Printora:
        `GET /creators/:id/merch`.
        """
        require_page(limit=limit, offset=offset)
        path = endpoint(_ALL, creator_id=creator_id)
        params = {"limit": limit, "offset": offset}
        return parse(MerchPage, self._call("GET", path, params=params))

    def iterate(self, creator_id: str) -> Iterator[Merch]:
        """Yield every item of a creator, each once, though rows shift between pages.

        One call a page of 100, made as you go. Printora: `GET /creators/:id/merch`.
        """

        def fetch(limit: int, offset: int) -> tuple[Sequence[Merch], Pagination]:
            page = self.list(creator_id, limit=limit, offset=offset)
            return page.merch, page.pagination

        return walk(fetch)

    def get(self, creator_id: str, merch_id: str) -> Merch:
        """Return one item.

        Raises NotFoundError, and PermissionDeniedError for another partner's. Printora:
        `GET /creators/:id/merch/:merchId`.
        """
        path = endpoint(_ONE, creator_id=creator_id, merch_id=merch_id)
        return parse(Merch, self._call("GET", path), "merch")

    def update(
        self,
        creator_id: str,
        merch_id: str,
        *,
        title: str | Unchanged = UNCHANGED,
        description: str | Unchanged | None = UNCHANGED,
        product_id: str | Unchanged = UNCHANGED,
        variant_ids: Sequence[str] | Unchanged = UNCHANGED,
        design_image_url: str | Unchanged | None = UNCHANGED,
        stock_limit: int | Unchanged | None = UNCHANGED,
        status: str | Unchanged = UNCHANGED,
        is_active: bool | Unchanged = UNCHANGED,
        sort_order: int | Unchanged = UNCHANGED,
    ) -> Merch:
        """Change what is given, and leave the rest; None empties a field or lifts the limit.

        `status` is a MerchStatus. Raises as `get` does. Printora:
        `PUT /creators/:id/merch/:merchId`.
        """
        require_text("title", title)
        require_text("product_id", product_id, longest=128)
        require_some("variant_ids", variant_ids)
        require_absolute(design_image_url=design_image_url)
        require_number("stock_limit", stock_limit, 0)
        require_text("status", status)
        require_member("status", status, MerchStatus)
        body = changes(
            title=title,
            description=description,
            productId=product_id,
            variantIds=variant_ids if variant_ids is UNCHANGED else [*variant_ids],
            designImageUrl=design_image_url,
            stockLimit=stock_limit,
            status=status,
            isActive=is_active,
            sortOrder=sort_order,
        )
        path = endpoint(_ONE, creator_id=creator_id, merch_id=merch_id)
        return parse(Merch, self._call("PUT", path, json=body), "merch")

    def delete(self, creator_id: str, merch_id: str) -> None:
        """Delete an item.

        Raises as `get` does; NotFoundError also when a first try did it and its reply was lost.
        Printora: `DELETE /creators/:id/merch/:merchId`.
        """
        path = endpoint(_ONE, creator_id=creator_id, merch_id=merch_id)
        self._call("DELETE", path, accept=DELETED)

    def new_edit_session(self, creator_id: str, merch_id: str) -> EditSession:
        """Return a fresh link to the design editor: it works once, within 24 hours.

        Raises as `get` does. Printora: `POST /creators/:id/merch/:merchId/edit-session`.
        """
        path = endpoint(f"{_ONE}/edit-session", creator_id=creator_id, merch_id=merch_id)
        return parse(EditSession, self._call("POST", path, accept=CREATED), "editSession")
