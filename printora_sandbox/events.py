"""What the partner is told: the body of each webhook, queued with the change it reports."""

import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from .clock import iso, iso_or_none
from .dialect import reworded
from .models import Delivery, Event, Faults, Order, OrderItem
from .partners import partner_by_id
from .webhooks.bell import ring

Json = dict[str, Any]

UNKNOWN_EVENT = "order.note_added"


def announce(order: Order, event: Event) -> None:
    """Queue one webhook inside the caller's transaction, and wake the sender once it commits.

    A partner without a webhook address is told nothing, and neither is one that is gone. Faults
    add copies, put them off, and follow them with an event that nobody knows.
    """
    if not _has_address(order.session.partner):
        return
    faults = Faults.current()
    told = [(event.value, body_of(order, event, faults))] * (1 + faults.webhook_copies)
    if faults.unknown_events:
        note = {"orderId": str(order.uuid), "note": "Packed with care"}
        told.append((UNKNOWN_EVENT, _body(order, UNKNOWN_EVENT, note, faults)))
    Delivery.objects.bulk_create(
        Delivery(order=order, event=name, body=body, next_attempt_at=_due(faults))
        for name, body in told
    )
    transaction.on_commit(ring)


def _has_address(partner_id: str) -> bool:
    try:
        return bool(partner_by_id(partner_id).webhook_url)
    except LookupError:
        return False


def _due(faults: Faults) -> datetime:
    """Return when a webhook goes out: now, but for the faults that delay and shuffle."""
    shuffled = random.randint(0, faults.webhook_shuffle_ms)  # noqa: S311  (chance, not secrecy)
    return timezone.now() + timedelta(milliseconds=faults.webhook_delay_ms + shuffled)


def announce_again(order: Order, event: Event) -> Delivery:
    """Queue a webhook that was announced before once more: a new log, the same bytes.

    Raises ``Delivery.DoesNotExist`` for an event that has not happened.
    """
    first = order.deliveries.filter(event=event).earliest("pk")
    delivery = Delivery.objects.create(order=order, event=event, body=first.body)
    transaction.on_commit(ring)
    return delivery


def body_of(order: Order, event: Event, faults: Faults) -> str:
    """Write the webhook's body: the vendor's envelope around the event's data."""
    return _body(order, event.value, _DATA[event](order), faults)


def _body(order: Order, event: str, data: Json, faults: Faults) -> str:
    envelope = {
        "sessionId": str(order.session.uuid),
        "event": event,
        "timestamp": iso(timezone.now()),
        "data": reworded(data, faults),
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
        "creator": creator_of(order),
        "createdAt": iso(order.created_at),
    }


def _paid(order: Order) -> Json:
    return _created(order) | {
        "paymentMethod": order.payment_method,
        "paidAt": iso_or_none(order.paid_at),
        "customer": customer_of(order),
        "items": items_of(order),
        "shippingAddress": address_of(order),
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


def creator_of(order: Order) -> Json | None:
    """Return whose merch was bought; none in flow A."""
    creator = order.creator
    if creator is None:
        return None
    return {"id": str(creator.uuid), "name": creator.name, "slug": creator.slug}


def customer_of(order: Order) -> Json:
    """Return who paid."""
    return {
        "email": order.email,
        "firstName": order.first_name,
        "lastName": order.last_name,
        "phone": order.phone or None,
    }


def items_of(order: Order) -> list[Json]:
    """Return what was bought."""
    return [_item(item) for item in order.items.all()]


def _item(item: OrderItem) -> Json:
    return {
        "productName": item.product_name,
        "quantity": item.quantity,
        "price": float(item.price),
        "variant": item.variant,
        "imageUrl": item.image_url or None,
    }


def address_of(order: Order) -> Json:
    """Return where the parcel goes."""
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


_DATA: dict[Event, Callable[[Order], Json]] = {
    Event.CREATED: _created,
    Event.PAID: _paid,
    Event.SHIPPED: _shipped,
    Event.DELIVERED: _delivered,
    Event.CANCELLED: _cancelled,
}
