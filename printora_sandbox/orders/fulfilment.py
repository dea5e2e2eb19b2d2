"""The steps of an order from payment to delivery.

Each step changes an order once and queues one webhook. The vendor has no webhook for printing.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from printora_sandbox.models import Event, Order, OrderStatus, PaymentMethod, PaymentStatus
from printora_sandbox.webhooks.events import enqueue_event

from .stock import release_stock

CAN_PAY = (OrderStatus.PENDING,)
CAN_PROCESS = (OrderStatus.PAID,)
CAN_SHIP = (OrderStatus.PAID, OrderStatus.PROCESSING)
CAN_DELIVER = (OrderStatus.SHIPPED,)
CAN_CANCEL = (OrderStatus.PENDING, OrderStatus.PAID, OrderStatus.PROCESSING)
CAN_CANCEL_UNPAID = (OrderStatus.PENDING,)  # for the visitor: a payment must not be undone

TRACKING_PAGES = {
    "UPS": "https://www.ups.com/track?tracknum={number}",
    "USPS": "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
    "FedEx": "https://www.fedex.com/fedextrack/?trknbr={number}",
    "DHL": "https://www.dhl.com/en/express/tracking.html?AWB={number}",
}


class WrongStateError(Exception):
    """A step that the order's state does not allow; the message names both."""


@transaction.atomic
def pay(order_id: UUID, *, method: PaymentMethod) -> Order:
    """Record the (pretended) payment and queue ``order.paid``."""
    order = _locked(order_id, "paid for", CAN_PAY)
    order.status = OrderStatus.PAID
    order.payment_status = PaymentStatus.PAID
    order.payment_method = method
    order.paid_at = timezone.now()
    return _save_and_enqueue(order, Event.PAID)


@transaction.atomic
def process(order_id: UUID) -> Order:
    """Start printing; there is no webhook for it, so only the lists of orders show it."""
    order = _locked(order_id, "printed", CAN_PROCESS)
    order.status = OrderStatus.PROCESSING
    order.save()
    return order


@transaction.atomic
def ship(
    order_id: UUID, *, carrier: str = "", tracking_number: str = "", tracking_url: str = ""
) -> Order:
    """Ship the parcel and queue ``order.shipped``; missing tracking data is generated."""
    order = _locked(order_id, "shipped", CAN_SHIP)
    order.status = OrderStatus.SHIPPED
    order.carrier = carrier or "UPS"
    order.tracking_number = tracking_number or generated_tracking_number(order)
    page = TRACKING_PAGES.get(order.carrier, "")
    order.tracking_url = tracking_url or page.format(number=order.tracking_number)
    order.shipped_at = timezone.now()
    return _save_and_enqueue(order, Event.SHIPPED)


@transaction.atomic
def deliver(order_id: UUID) -> Order:
    """Record the delivery of the parcel and queue ``order.delivered``."""
    order = _locked(order_id, "delivered", CAN_DELIVER)
    order.status = OrderStatus.DELIVERED
    order.delivered_at = timezone.now()
    return _save_and_enqueue(order, Event.DELIVERED)


@transaction.atomic
def cancel(order_id: UUID, *, allowed: Collection[OrderStatus] = CAN_CANCEL) -> Order:
    """Cancel the order, refund the (pretended) payment and queue ``order.cancelled``.

    The stock of an unpaid order is released. A paid order may be printed already, so its stock
    stays sold.
    """
    order = _locked(order_id, "cancelled", allowed)
    was_paid = order.payment_status == PaymentStatus.PAID
    order.payment_status = PaymentStatus.REFUNDED if was_paid else PaymentStatus.CANCELLED
    order.status = OrderStatus.CANCELLED
    order.cancelled_at = timezone.now()
    if not was_paid:
        release_stock(order)
    return _save_and_enqueue(order, Event.CANCELLED)


def generated_tracking_number(order: Order) -> str:
    """Return a tracking number in the format of UPS, always the same one for an order."""
    return f"1Z999AA1{order.pk:010d}"


def _locked(order_id: UUID, action: str, allowed: Collection[OrderStatus]) -> Order:
    order = (
        Order.objects.select_for_update(of=("self",)).select_related("session").get(uuid=order_id)
    )
    if order.status not in allowed:
        raise WrongStateError(f"An order that is {order.status} can't be {action}.")
    return order


def _save_and_enqueue(order: Order, event: Event) -> Order:
    order.save()
    enqueue_event(order, event)
    return order
