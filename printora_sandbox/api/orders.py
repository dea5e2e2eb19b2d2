"""``/partners/orders``: what came of the partner's sessions."""

from ninja import Query, Router

from printora_sandbox.models import Order, OrderStatus

from .auth import API_KEY
from .fields import Envelope
from .paging import PageQuery, cut
from .request import PartnerRequest
from .responses import REFUSALS
from .schemas import OrderPage, OrderSummary

router = Router(tags=["Order management"], by_alias=True, auth=API_KEY)


class OrderQuery(PageQuery):
    """Which orders are wanted."""

    status: OrderStatus | None = None


@router.get(
    "/partners/orders", summary="List Orders", response={200: Envelope[OrderPage], **REFUSALS}
)
def list_orders(request: PartnerRequest, page: Query[OrderQuery]) -> Envelope[OrderPage]:
    """Return the partner's orders, newest first."""
    mine = Order.objects.of_partner(request.auth.id).select_related("session")
    if page.status:
        mine = mine.filter(status=page.status)
    orders, pagination = cut(mine, page)
    data = OrderPage(orders=[OrderSummary.of(order) for order in orders], pagination=pagination)
    return Envelope(data=data)
