"""Merge Printora's events into an Order, in whatever order they arrive.

The merge is commutative: the five events can arrive in 120 orders, and each of them ends in the
same row. Three rules make it so:

1. Each event owns its columns. Where `order.created` and `order.paid` both have a value, the one
   of `order.paid` counts: `created` only fills gaps, `paid` overwrites. Nested records (the
   creator, the address) are merged key by key in the same way.
2. The status only moves forward, by rank; `cancelled` outranks all but `delivered`.
3. What an event leaves out never erases what is known.

And an anonymised order takes in no data of its customer again, whatever a late event brings.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from printora_integration.schemas.webhooks import EventType, OrderData
from vendor_kit.fields import APIModel

from .models import Order, Status
from .models.status import RANKS

ANOTHER_ORDER = "Printora names a second order for this session; only the first is shown here."
CANCELLED_AND_DELIVERED = "Printora says both that this order was cancelled and that it arrived."
CHANGED = "Printora sent {} a second time with different data; only the first counts here."


def merge(order: Order, event: EventType, data: OrderData, *, at: datetime) -> None:
    """Merge one event into an order; saves nothing.

    `at` is the event's own timestamp, for a step that comes without a time.
    """
    if order.order_id and order.order_id != data.order_id:
        order.flag(ANOTHER_ORDER)
        return
    order.order_id = data.order_id
    _MERGES[event](order, data, at)
    if order.anonymised_at:
        order.anonymise()
    if order.cancelled_at and order.delivered_at:
        order.flag(CANCELLED_AND_DELIVERED)


def _advance(order: Order, status: Status) -> None:
    """Move the status forward, never back."""
    order.status = max(Status(order.status), status, key=RANKS.__getitem__)


def _created(order: Order, data: OrderData, at: datetime) -> None:
    _fill(order, _order_fields(data) | {"ordered_at": data.created_at or at})
    _advance(order, Status.PENDING)


def _paid(order: Order, data: OrderData, at: datetime) -> None:
    _overwrite(order, _order_fields(data) | _customer_fields(data))
    _overwrite(order, {"ordered_at": data.created_at, "paid_at": data.paid_at or at})
    # An order.paid without a paymentStatus means by its name that the payment was made.
    order.payment_status = data.payment_status or "paid"
    if data.status == Status.PROCESSING:
        order.processing_at = data.paid_at or at
        _advance(order, Status.PROCESSING)
    _advance(order, Status.PAID)


def _shipped(order: Order, data: OrderData, at: datetime) -> None:
    tracking = {
        "carrier": data.carrier,
        "tracking_number": data.tracking_number,
        "tracking_url": data.tracking_url,
    }
    _overwrite(order, tracking | {"shipped_at": data.shipped_at or at})
    _advance(order, Status.SHIPPED)


def _delivered(order: Order, data: OrderData, at: datetime) -> None:
    _overwrite(order, {"delivered_at": data.delivered_at or at})
    _advance(order, Status.DELIVERED)


def _cancelled(order: Order, _data: OrderData, at: datetime) -> None:
    _overwrite(order, {"cancelled_at": at})
    _advance(order, Status.CANCELLED)


_MERGES: Mapping[EventType, Callable[[Order, OrderData, datetime], None]] = {
    EventType.CREATED: _created,
    EventType.PAID: _paid,
    EventType.SHIPPED: _shipped,
    EventType.DELIVERED: _delivered,
    EventType.CANCELLED: _cancelled,
}


def _order_fields(data: OrderData) -> dict[str, Any]:
    """Return the values that both created and paid may have."""
    return {
        "order_number": data.order_number,
        "payment_status": data.payment_status,
        "payment_method": data.payment_method,
        "payment_url": data.payment_url,
        "total_amount": data.total_amount,
        "currency": data.currency,
        "creator": data.creator and _without_gaps(data.creator),
    }


def _customer_fields(data: OrderData) -> dict[str, Any]:
    """Return the values that only paid may have: the customer, the items and the address."""
    customer, address = data.customer, data.shipping_address
    return {
        "customer_email": customer and customer.email,
        "customer_first_name": customer and customer.first_name,
        "customer_last_name": customer and customer.last_name,
        "customer_phone": customer and customer.phone,
        "items": data.items and [item.model_dump(mode="json") for item in data.items],
        "shipping_address": address and _without_gaps(address),
        "partner_image_url": data.partner_image_url,
    }


def _without_gaps(record: APIModel) -> dict[str, Any]:
    return {name: value for name, value in record.model_dump().items() if _is_known(value)}


def _overwrite(order: Order, values: Mapping[str, Any]) -> None:
    for column, value in values.items():
        setattr(order, column, _merge_values(getattr(order, column), value))


def _fill(order: Order, values: Mapping[str, Any]) -> None:
    for column, value in values.items():
        if _is_known(value):
            setattr(order, column, _merge_values(value, getattr(order, column)))


def _merge_values(fallback: Any, preferred: Any) -> Any:  # noqa: ANN401 -- a column's value
    """Return the preferred value, with its gaps filled from the fallback."""
    if not _is_known(preferred):
        return fallback
    if isinstance(fallback, dict) and isinstance(preferred, dict):
        return fallback | preferred
    return preferred


def _is_known(value: object) -> bool:
    return value not in (None, "", {}, [], ())  # 0 is known: an order may cost nothing
