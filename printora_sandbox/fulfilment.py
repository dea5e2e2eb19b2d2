"""An order's way from payment to the door.

Each step moves it once, and tells the partner once; of printing the vendor tells nobody.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .events import announce
from .models import Event, Order, OrderStatus, PaymentMethod, PaymentStatus
from .stock import give_back

CAN_PAY = (OrderStatus.PENDING,)
CAN_PROCESS = (OrderStatus.PAID,)
CAN_SHIP = (OrderStatus.PAID, OrderStatus.PROCESSING)
CAN_DELIVER = (OrderStatus.SHIPPED,)
CAN_CANCEL = (OrderStatus.PENDING, OrderStatus.PAID, OrderStatus.PROCESSING)
CAN_GIVE_UP = (OrderStatus.PENDING,)  # the visitor, who must not undo a payment

TRACKING_PAGES = {
    "UPS": "https://www.ups.com/track?tracknum={number}",
    "USPS": "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
    "FedEx": "https://www.fedex.com/fedextrack/?trknbr={number}",
    "DHL": "https://www.dhl.com/en/express/tracking.html?AWB={number}",
}


class WrongStateError(Exception):
    """The order is in a state that has no such step; the message says which."""


@transaction.atomic
def pay(order_id: UUID, *, method: PaymentMethod) -> Order:
    """Take the (pretended) money and queue ``order.paid``."""
    order = _locked(order_id, "paid for", CAN_PAY)
    order.status = OrderStatus.PAID
    order.payment_status = PaymentStatus.PAID
    order.payment_method = method
    order.paid_at = timezone.now()
    return _moved(order, Event.PAID)


@transaction.atomic
def process(order_id: UUID) -> Order:
    """Begin to print; the vendor has no webhook for it, so only the lists of orders tell."""
    order = _locked(order_id, "printed", CAN_PROCESS)
    order.status = OrderStatus.PROCESSING
    order.save()
    return order


@transaction.atomic
def ship(
    order_id: UUID, *, carrier: str = "", tracking_number: str = "", tracking_url: str = ""
) -> Order:
    """Hand the parcel to a carrier and queue ``order.shipped``; what is not given is made up."""
    order = _locked(order_id, "shipped", CAN_SHIP)
    order.status = OrderStatus.SHIPPED
    order.carrier = carrier or "UPS"
    order.tracking_number = tracking_number or suggested_tracking_number(order)
    page = TRACKING_PAGES.get(order.carrier, "")
    order.tracking_url = tracking_url or page.format(number=order.tracking_number)
    order.shipped_at = timezone.now()
    return _moved(order, Event.SHIPPED)


@transaction.atomic
def deliver(order_id: UUID) -> Order:
    """Put the parcel on the doormat and queue ``order.delivered``."""
    order = _locked(order_id, "delivered", CAN_DELIVER)
    order.status = OrderStatus.DELIVERED
    order.delivered_at = timezone.now()
    return _moved(order, Event.DELIVERED)


@transaction.atomic
def cancel(order_id: UUID, *, allowed: Collection[OrderStatus] = CAN_CANCEL) -> Order:
    """Call the order off, give the (pretended) money back and queue ``order.cancelled``.

    What was never paid for is on the shelf again; what was paid for may be printed already.
    """
    order = _locked(order_id, "cancelled", allowed)
    was_paid = order.payment_status == PaymentStatus.PAID
    order.payment_status = PaymentStatus.REFUNDED if was_paid else PaymentStatus.CANCELLED
    order.status = OrderStatus.CANCELLED
    order.cancelled_at = timezone.now()
    if not was_paid:
        give_back(order)
    return _moved(order, Event.CANCELLED)


def suggested_tracking_number(order: Order) -> str:
    """Return a number of the shape UPS uses, the same one each time for one order."""
    return f"1Z999AA1{order.pk:010d}"


def _locked(order_id: UUID, done: str, allowed: Collection[OrderStatus]) -> Order:
    order = (
        Order.objects.select_for_update(of=("self",)).select_related("session").get(uuid=order_id)
    )
    if order.status not in allowed:
        raise WrongStateError(f"An order that is {order.status} can't be {done}.")
    return order


def _moved(order: Order, event: Event) -> Order:
    order.save()
    announce(order, event)
    return order
