"""Fold Printora's events into an Order, in whatever order they arrive.

Three rules make the result independent of arrival, so that all 120 orders of the five events end
in the same row:

1. Each event owns its columns. Where `order.created` and `order.paid` tell the same thing, the
   paid one is right: `created` only fills gaps, `paid` overwrites. Records within (the creator,
   the address) are put together key by key in the same way.
2. The status only moves forward, by rank; `cancelled` beats all but `delivered`.
3. What an event leaves out never erases what is known.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from printora_integration.schemas.webhooks import EventType, OrderData
from vendor_kit.fields import APIModel

from .models import Order, Status

RANK = {
    Status.PENDING: 0,
    Status.PAID: 1,
    Status.PROCESSING: 2,
    Status.SHIPPED: 3,
    Status.CANCELLED: 4,
    Status.DELIVERED: 5,
}
ANOTHER_ORDER = "Printora names a second order for this session; only the first is shown here."
CANCELLED_AND_DELIVERED = "Printora says both that this order was cancelled and that it arrived."
CHANGED = "Printora told of {} a second time and said something else; only the first counts here."


def fold(order: Order, event: EventType, data: OrderData, *, at: datetime) -> None:
    """Bring an order up to what one event says; saves nothing.

    `at` is the event's own timestamp, for the step whose time the data leaves out.
    """
    if order.order_id and order.order_id != data.order_id:
        flag(order, ANOTHER_ORDER)
        return
    order.order_id = data.order_id
    _FOLDS[event](order, data, at)
    if order.cancelled_at and order.delivered_at:
        flag(order, CANCELLED_AND_DELIVERED)


def advance(order: Order, status: Status) -> None:
    """Move the status forward, never back."""
    order.status = max(Status(order.status), status, key=RANK.__getitem__)


def flag(order: Order, reason: str) -> None:
    """Mark an order for a person to look at; a reason that it has already changes nothing."""
    if reason not in order.flags:
        order.flags = [*order.flags, reason]


def _created(order: Order, data: OrderData, at: datetime) -> None:
    _fill(order, _sale(data) | {"ordered_at": data.created_at or at})
    advance(order, Status.PENDING)


def _paid(order: Order, data: OrderData, at: datetime) -> None:
    _overwrite(order, _sale(data) | _purchase(data))
    _overwrite(order, {"ordered_at": data.created_at, "paid_at": data.paid_at or at})
    # An order.paid without a paymentStatus says by its name that the payment has been made.
    order.payment_status = data.payment_status or "paid"
    if data.status == Status.PROCESSING:
        order.processing_at = data.paid_at or at
        advance(order, Status.PROCESSING)
    advance(order, Status.PAID)


def _shipped(order: Order, data: OrderData, at: datetime) -> None:
    tracking = {
        "carrier": data.carrier,
        "tracking_number": data.tracking_number,
        "tracking_url": data.tracking_url,
    }
    _overwrite(order, tracking | {"shipped_at": data.shipped_at or at})
    advance(order, Status.SHIPPED)


def _delivered(order: Order, data: OrderData, at: datetime) -> None:
    _overwrite(order, {"delivered_at": data.delivered_at or at})
    advance(order, Status.DELIVERED)


def _cancelled(order: Order, _data: OrderData, at: datetime) -> None:
    _overwrite(order, {"cancelled_at": at})
    advance(order, Status.CANCELLED)


_FOLDS: Mapping[EventType, Callable[[Order, OrderData, datetime], None]] = {
    EventType.CREATED: _created,
    EventType.PAID: _paid,
    EventType.SHIPPED: _shipped,
    EventType.DELIVERED: _delivered,
    EventType.CANCELLED: _cancelled,
}


def _sale(data: OrderData) -> dict[str, Any]:
    """Return what both created and paid tell."""
    return {
        "order_number": data.order_number,
        "payment_status": data.payment_status,
        "payment_method": data.payment_method,
        "payment_url": data.payment_url,
        "total_amount": data.total_amount,
        "currency": data.currency,
        "creator": data.creator and _told(data.creator),
    }


def _purchase(data: OrderData) -> dict[str, Any]:
    """Return what only paid tells: who bought what, and where it goes."""
    customer, address = data.customer, data.shipping_address
    return {
        "customer_email": customer and customer.email,
        "customer_first_name": customer and customer.first_name,
        "customer_last_name": customer and customer.last_name,
        "customer_phone": customer and customer.phone,
        "items": data.items and [item.model_dump(mode="json") for item in data.items],
        "shipping_address": address and _told(address),
        "partner_image_url": data.partner_image_url,
    }


def _told(record: APIModel) -> dict[str, Any]:
    return {name: value for name, value in record.model_dump().items() if _says_something(value)}


def _overwrite(order: Order, facts: Mapping[str, Any]) -> None:
    for column, value in facts.items():
        setattr(order, column, _laid_over(getattr(order, column), value))


def _fill(order: Order, facts: Mapping[str, Any]) -> None:
    for column, value in facts.items():
        if _says_something(value):
            setattr(order, column, _laid_over(value, getattr(order, column)))


def _laid_over(below: Any, above: Any) -> Any:  # noqa: ANN401 -- a column's value
    """Return what is above, and where that has gaps, what is below."""
    if not _says_something(above):
        return below
    if isinstance(below, dict) and isinstance(above, dict):
        return below | above
    return above


def _says_something(value: object) -> bool:
    return value not in (None, "", {}, [], ())  # 0 does: an order may cost nothing
