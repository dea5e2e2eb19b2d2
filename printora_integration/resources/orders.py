"""Read the orders that our sessions made."""

from collections.abc import Iterator, Sequence

from printora_integration.arguments import endpoint, require_member, require_page, without_none
from printora_integration.replies import parse
from printora_integration.schemas import OrderPage, OrderStatus, OrderSummary
from printora_integration.wire import Pagination

from .base import Resource
from .paging import walk


class Orders(Resource):
    """Read the orders that our sessions made. Printora: "Order", "List"."""

    def list(self, *, limit: int = 20, offset: int = 0, status: str | None = None) -> OrderPage:
        """Return one page of orders, newest first: `limit` (1 to 100) after the first `offset`.

        `status` is an OrderStatus. Printora: "Order", "List".
        """
        require_page(limit=limit, offset=offset)
        require_member("status", status, OrderStatus)
        params = without_none(limit=limit, offset=offset, status=status)
        return parse(OrderPage, self._call("GET", endpoint("partners/orders"), params=params))

    def iterate(self, *, status: str | None = None) -> Iterator[OrderSummary]:
        """Yield every order, each once, though rows shift between pages; newest first.

        One call a page of 100, made as you go. Printora: "Order", "List".
        """

        def fetch(limit: int, offset: int) -> tuple[Sequence[OrderSummary], Pagination]:
            page = self.list(limit=limit, offset=offset, status=status)
            return page.orders, page.pagination

        return walk(fetch)
