"""The merch of creators."""

from collections.abc import Iterator, Sequence

from printora_integration.client.resources.base import CREATED, DELETED, Resource
from vendor_kit.arguments import (
    MAX_ID_LENGTH,
    UNSET,
    Unset,
    quote_path,
    require_absolute,
    require_choice,
    require_non_empty,
    require_number,
    require_page,
    require_text,
    set_fields,
    without_none,
)
from vendor_kit.paging import iterate_pages
from vendor_kit.responses import parse

from .schemas import CreatedMerch, EditSession, Merch, MerchPage, MerchStatus

_ALL = "creators/{creator_id}/merch"
_ONE = _ALL + "/{merch_id}"


class MerchItems(Resource):
    """A creator's merch: products with a picture on them (flow C).

    Printora: https://docs.printora.ai/partner-api, `/creators/:id/merch`.
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
        Printora: https://docs.printora.ai/partner-api, `POST /creators/:id/merch`.
        """
        require_text("title", title)
        require_text("product_id", product_id, max_length=MAX_ID_LENGTH)
        require_non_empty("variant_ids", variant_ids)
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
        path = quote_path(_ALL, creator_id=creator_id)
        return parse(CreatedMerch, self._request("POST", path, json=body, accept=CREATED))

    def list(self, creator_id: str, *, limit: int = 20, offset: int = 0) -> MerchPage:
        """Return one page of a creator's items: `limit` (1 to 100) after the first `offset`.

        Raises NotFoundError, and PermissionDeniedError for another partner's creator.
        Printora: https://docs.printora.ai/partner-api, `GET /creators/:id/merch`.
        """
        require_page(limit=limit, offset=offset)
        path = quote_path(_ALL, creator_id=creator_id)
        params = {"limit": limit, "offset": offset}
        return parse(MerchPage, self._request("GET", path, params=params))

    def iterate(self, creator_id: str) -> Iterator[Merch]:
        """Yield every item of a creator, each once, though rows shift between pages.

        One call a page of 100, made as you go.
        Printora: https://docs.printora.ai/partner-api, `GET /creators/:id/merch`.
        """
        return iterate_pages(
            lambda limit, offset: self.list(creator_id, limit=limit, offset=offset)
        )

    def get(self, creator_id: str, merch_id: str) -> Merch:
        """Return one item.

        Raises NotFoundError, and PermissionDeniedError for another partner's.
        Printora: https://docs.printora.ai/partner-api, `GET /creators/:id/merch/:merchId`.
        """
        path = quote_path(_ONE, creator_id=creator_id, merch_id=merch_id)
        return parse(Merch, self._request("GET", path), "merch")

    def update(
        self,
        creator_id: str,
        merch_id: str,
        *,
        title: str | Unset = UNSET,
        description: str | Unset | None = UNSET,
        product_id: str | Unset = UNSET,
        variant_ids: Sequence[str] | Unset = UNSET,
        design_image_url: str | Unset | None = UNSET,
        stock_limit: int | Unset | None = UNSET,
        status: str | Unset = UNSET,
        is_active: bool | Unset = UNSET,
        sort_order: int | Unset = UNSET,
    ) -> Merch:
        """Change what is given, and leave the rest; None empties a field or lifts the limit.

        `status` is a MerchStatus. Raises as `get` does.
        Printora: https://docs.printora.ai/partner-api, `PUT /creators/:id/merch/:merchId`.
        """
        require_text("title", title)
        require_text("product_id", product_id, max_length=MAX_ID_LENGTH)
        require_non_empty("variant_ids", variant_ids)
        require_absolute(design_image_url=design_image_url)
        require_number("stock_limit", stock_limit, 0)
        require_text("status", status)
        require_choice("status", status, MerchStatus)
        body = set_fields(
            title=title,
            description=description,
            productId=product_id,
            variantIds=variant_ids if variant_ids is UNSET else [*variant_ids],
            designImageUrl=design_image_url,
            stockLimit=stock_limit,
            status=status,
            isActive=is_active,
            sortOrder=sort_order,
        )
        path = quote_path(_ONE, creator_id=creator_id, merch_id=merch_id)
        return parse(Merch, self._request("PUT", path, json=body), "merch")

    def delete(self, creator_id: str, merch_id: str) -> None:
        """Delete an item.

        Raises as `get` does; NotFoundError also when a first attempt did it
        and its response was lost.
        Printora: https://docs.printora.ai/partner-api, `DELETE /creators/:id/merch/:merchId`.
        """
        path = quote_path(_ONE, creator_id=creator_id, merch_id=merch_id)
        self._request("DELETE", path, accept=DELETED)

    def new_edit_session(self, creator_id: str, merch_id: str) -> EditSession:
        """Return a fresh link to the design editor: it works once, within 24 hours.

        Raises as `get` does.
        Printora: https://docs.printora.ai/partner-api, `POST …/merch/:merchId/edit-session`.
        """
        path = quote_path(f"{_ONE}/edit-session", creator_id=creator_id, merch_id=merch_id)
        return parse(EditSession, self._request("POST", path, accept=CREATED), "editSession")
