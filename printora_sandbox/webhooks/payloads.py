"""The payloads of webhooks: the vendor's envelope around the data of an order event."""

import json
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from printora_sandbox.dialect import apply_dialect
from printora_sandbox.models import Event, Faults, Order, OrderItem
from printora_sandbox.timestamps import iso, iso_or_none

Json = dict[str, Any]

UNKNOWN_EVENT = "order.note_added"


def event_payload(order: Order, event: Event, faults: Faults) -> str:
    """Return the body of an event's webhook."""
    return _payload(order, event.value, _EVENT_DATA[event](order), faults)


def unknown_event_payload(order: Order, faults: Faults) -> str:
    """Return the body of an event whose type no document describes."""
    data = {"orderId": str(order.uuid), "note": "Packed with care"}
    return _payload(order, UNKNOWN_EVENT, data, faults)


def _payload(order: Order, event: str, data: Json, faults: Faults) -> str:
    envelope = {
        "sessionId": str(order.session.uuid),
        "event": event,
        "timestamp": iso(timezone.now()),
        "data": apply_dialect(data, faults),
    }
    if faults.extra_fields:
        envelope["apiVersion"] = "2099-01-01"
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))


def _created(order: Order) -> Json:
    return {
        "orderId": str(order.uuid),
        "orderNumber": order.number,
        "status": order.status,
        "paymentStatus": order.payment_status,
        "paymentUrl": order.payment_url,
        "totalAmount": float(order.total_amount),
        "currency": order.currency,
        "creator": _creator(order),
        "createdAt": iso(order.created_at),
    }


def _paid(order: Order) -> Json:
    return _created(order) | {
        "paymentMethod": order.payment_method,
        "paidAt": iso_or_none(order.paid_at),
        "customer": customer_data(order),
        "items": items_data(order),
        "shippingAddress": address_data(order),
        "partnerImageUrl": order.session.image_url or None,
    }


def _shipped(order: Order) -> Json:
    return {
        "orderId": str(order.uuid),
        "status": order.status,
        "trackingNumber": order.tracking_number,
        "carrier": order.carrier,
        "trackingUrl": order.tracking_url or None,
        "shippedAt": iso_or_none(order.shipped_at),
    }


def _delivered(order: Order) -> Json:
    return {
        "orderId": str(order.uuid),
        "status": order.status,
        "deliveredAt": iso_or_none(order.delivered_at),
    }


def _cancelled(order: Order) -> Json:
    return {"orderId": str(order.uuid), "status": order.status}


def _creator(order: Order) -> Json | None:
    creator = order.creator
    if creator is None:  # flow A
        return None
    return {"id": str(creator.uuid), "name": creator.name, "slug": creator.slug}


def customer_data(order: Order) -> Json:
    """Return the customer of an order."""
    return {
        "email": order.email,
        "firstName": order.first_name,
        "lastName": order.last_name,
        "phone": order.phone or None,
    }


def items_data(order: Order) -> list[Json]:
    """Return the items of an order."""
    return [_item(item) for item in order.items.all()]


def _item(item: OrderItem) -> Json:
    return {
        "productName": item.product_name,
        "quantity": item.quantity,
        "price": float(item.price),
        "variant": item.variant,
        "imageUrl": item.image_url or None,
    }


def address_data(order: Order) -> Json:
    """Return the shipping address of an order."""
    return {
        "firstName": order.first_name,
        "lastName": order.last_name,
        "street": order.street,
        "apartment": order.apartment or None,
        "city": order.city,
        "state": order.state or None,
        "zipCode": order.zip_code,
        "country": order.country,
    }


_EVENT_DATA: dict[Event, Callable[[Order], Json]] = {
    Event.CREATED: _created,
    Event.PAID: _paid,
    Event.SHIPPED: _shipped,
    Event.DELIVERED: _delivered,
    Event.CANCELLED: _cancelled,
}
