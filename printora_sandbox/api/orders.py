"""``/partners/orders``: the orders of the partner's sessions."""

from ninja import Query, Router

from printora_sandbox.models import Order, OrderStatus

from .auth import API_KEY
from .fields import Envelope
from .pagination import PageQuery, paginate
from .request import PartnerRequest
from .responses import PARTNER_ERRORS
from .schemas.orders import OrderPage, OrderSummary

router = Router(tags=["Order management"], by_alias=True, auth=API_KEY)


class OrderQuery(PageQuery):
    """The page and the filter of a list of orders."""

    status: OrderStatus | None = None


@router.get(
    "/partners/orders", summary="List Orders", response={200: Envelope[OrderPage], **PARTNER_ERRORS}
)
def list_orders(request: PartnerRequest, page: Query[OrderQuery]) -> Envelope[OrderPage]:
    """Return the partner's orders, newest first."""
    rows = Order.objects.of_partner(request.auth.id).select_related("session")
    if page.status:
        rows = rows.filter(status=page.status)
    orders, pagination = paginate(rows, page)
    data = OrderPage(orders=[OrderSummary.of(order) for order in orders], pagination=pagination)
    return Envelope(data=data)
