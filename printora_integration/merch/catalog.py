"""The catalog: the products that Printora prints on."""

from collections.abc import Iterator
from itertools import count

from printora_integration.client.resources.base import Resource
from vendor_kit.arguments import MAX_LIMIT, require_number, require_text, without_none
from vendor_kit.responses import parse

from .schemas import Product, ProductPage

_PAGE_SIZE = 50  # products with many variants make long responses


class Catalog(Resource):
    """The products that Printora prints on.

    Printora: https://docs.printora.ai/partner-api, `GET /catalog/products`.
    """

    def list(
        self,
        *,
        page: int = 1,
        limit: int = 20,
        category: str | None = None,
        search: str | None = None,
    ) -> ProductPage:
        """Return one page of products; pages count from 1 and hold 1 to 100 products.

        Prices are Decimal, colours `#RRGGBB`.
        Printora: https://docs.printora.ai/partner-api, `GET /catalog/products`.
        """
        require_number("page", page, 1)
        require_number("limit", limit, 1, MAX_LIMIT)
        params = without_none(page=page, limit=limit, category=category, search=search)
        return parse(ProductPage, self._request("GET", "catalog/products", params=params))

    def iterate(
        self, *, category: str | None = None, search: str | None = None
    ) -> Iterator[Product]:
        """Yield the products of a category or a search, or all there are, each once.

        One call a page of 50, made as you go.
        Printora: https://docs.printora.ai/partner-api, `GET /catalog/products`.
        """
        seen: set[str] = set()
        for number in count(1):
            page = self.list(page=number, limit=_PAGE_SIZE, category=category, search=search)
            fresh = [product for product in page.products if product.id not in seen]
            seen.update(product.id for product in fresh)
            yield from fresh
            if not fresh or _is_last(page, number):
                return

    def search(self, query: str, *, category: str | None = None) -> Iterator[Product]:
        """Yield the products that a search finds.

        One call a page of 50, made as you go.
        Printora: https://docs.printora.ai/partner-api, `GET /catalog/products`.
        """
        require_text("query", query)
        return self.iterate(search=query, category=category)


def _is_last(page: ProductPage, number: int) -> bool:
    if page.total_pages is not None:
        return number >= page.total_pages
    return len(page.products) < (page.limit or _PAGE_SIZE)
