"""Orders that our sessions made: read only."""

from collections.abc import Iterator

from printora_integration.schemas.api import OrderPage, OrderStatus, OrderSummary
from vendor_kit.arguments import require_choice, require_page, without_none
from vendor_kit.paging import iterate_pages
from vendor_kit.responses import parse

from .base import Resource


class Orders(Resource):
    """The orders that our sessions made.

    Printora: https://docs.printora.ai/partner-api, "Order".
    """

    def list(self, *, limit: int = 20, offset: int = 0, status: str | None = None) -> OrderPage:
        """Return one page of orders, newest first: `limit` (1 to 100) after the first `offset`.

        `status` is an OrderStatus.
        Printora: https://docs.printora.ai/partner-api, "Order", "List", `GET /partners/orders`.
        """
        require_page(limit=limit, offset=offset)
        require_choice("status", status, OrderStatus)
        params = without_none(limit=limit, offset=offset, status=status)
        return parse(OrderPage, self._request("GET", "partners/orders", params=params))

    def iterate(self, *, status: str | None = None) -> Iterator[OrderSummary]:
        """Yield every order, each once, though rows shift between pages; newest first.

        One call a page of 100, made as you go.
        Printora: https://docs.printora.ai/partner-api, "Order", "List", `GET /partners/orders`.
        """
        return iterate_pages(
            lambda limit, offset: self.list(limit=limit, offset=offset, status=status)
        )
