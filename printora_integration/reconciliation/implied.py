"""The events that an order's status implies, put together from the list of orders."""

import json
from datetime import datetime
from typing import Any

from django.utils import timezone

from printora_integration.schemas.api import OrderStatus, OrderSummary
from printora_integration.schemas.webhooks import EventType

_CREATED = (EventType.CREATED,)
_PAID = (*_CREATED, EventType.PAID)
_SHIPPED = (*_PAID, EventType.SHIPPED)
_IMPLIED: dict[str, tuple[EventType, ...]] = {
    OrderStatus.PENDING: _CREATED,
    OrderStatus.PAID: _PAID,
    OrderStatus.PROCESSING: _PAID,
    OrderStatus.SHIPPED: _SHIPPED,
    OrderStatus.DELIVERED: (*_SHIPPED, EventType.DELIVERED),
    # The list does not say whether it was paid before.
    OrderStatus.CANCELLED: (*_CREATED, EventType.CANCELLED),
}
_MAX_CURRENCY_LENGTH = 8  # the list is lenient, and events are not


def implied_events(order: OrderSummary) -> tuple[EventType, ...]:
    """Return what must have happened for an order to be where it is; () for a status unknown."""
    return _IMPLIED.get(order.status or "", ())


def body_of(order: OrderSummary, event: EventType) -> str:
    """Return an event as Printora's webhook would have sent it, without what the list lacks."""
    data: dict[str, Any] = {"orderId": order.id, "status": _status_then(order, event)}
    if event in {EventType.CREATED, EventType.PAID}:
        data |= _sale(order)
    payload = {
        "sessionId": order.session_id,
        "event": event,
        "timestamp": _time_of(order, event).isoformat(),
        "data": {name: value for name, value in data.items() if value is not None},
    }
    return json.dumps(payload)


def _status_then(order: OrderSummary, event: EventType) -> str:
    if event == EventType.CREATED:
        return OrderStatus.PENDING
    if event == EventType.PAID and order.status == OrderStatus.PROCESSING:
        return OrderStatus.PROCESSING
    return event.removeprefix("order.")


def _sale(order: OrderSummary) -> dict[str, Any]:
    amount, currency = order.total_amount, order.currency or ""
    return {
        "orderNumber": order.order_number,
        "totalAmount": None if amount is None else str(amount),
        "currency": currency if len(currency) <= _MAX_CURRENCY_LENGTH else None,
        "createdAt": order.created_at and order.created_at.isoformat(),
    }


def _time_of(order: OrderSummary, event: EventType) -> datetime:
    """Return the best guess at when it happened; the list knows only the first and last change."""
    first, last = order.created_at, order.updated_at
    best = (first or last) if event == EventType.CREATED else (last or first)
    return best or timezone.now()
