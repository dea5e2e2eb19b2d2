"""Sample webhooks that look like Printora's, to try an endpoint with. Printora: "Webhooks"."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from printora_integration.schemas.webhooks import EventType

# The number 20.10, which Python would write as 20.1: JSON that is read and written again
# gets another signature. Its placeholder is replaced in the text.
_PRICE = "20.10"
_TOTAL = "25.30"

_CREATED = {
    "status": "pending",
    "paymentStatus": "pending",
    "paymentUrl": "https://printora.ai/en/pay/sample",
    "totalAmount": _TOTAL,
    "currency": "USD",
    "creator": None,
}
_PAID = _CREATED | {
    "status": "paid",
    "paymentStatus": "paid",
    "paymentMethod": "stripe",
    "customer": {
        "email": "jose.alvarez@example.com",
        "firstName": "José",
        "lastName": "Álvarez",
        "phone": "+34 600 000 000",
    },
    "items": [
        {
            "productName": "Classic T-Shirt",
            "quantity": 1,
            "price": _PRICE,
            "variant": "Navy / M",
            "imageUrl": None,
        }
    ],
    "shippingAddress": {
        "firstName": "José",
        "lastName": "Álvarez",
        "street": "Calle de la Luna 12",
        "apartment": "3º B",
        "city": "Málaga",
        "state": None,
        "zipCode": "29001",
        "country": "ES",
    },
    "partnerImageUrl": None,
}
_SHIPPED = {
    "status": "shipped",
    "carrier": "DHL",
    "trackingNumber": "JD014600006281230704",
    "trackingUrl": "https://www.dhl.com/track?id=JD014600006281230704",
}
_DATA: dict[EventType, dict[str, Any]] = {
    EventType.CREATED: _CREATED,
    EventType.PAID: _PAID,
    EventType.SHIPPED: _SHIPPED,
    EventType.DELIVERED: {"status": "delivered"},
    EventType.CANCELLED: {"status": "cancelled"},
}
_TIMESTAMP_FIELDS = {
    EventType.CREATED: ("createdAt",),
    EventType.PAID: ("createdAt", "paidAt"),
    EventType.SHIPPED: ("shippedAt",),
    EventType.DELIVERED: ("deliveredAt",),
    EventType.CANCELLED: (),
}
_ORDER_NAMESPACE = uuid.UUID("5f0c4b0e-1d1a-4a55-9a3e-0d3c2f3a7c11")  # of sample ids


def sample_order_id(session_id: str) -> str:
    """Return the sample order of a session: always the same one."""
    return str(uuid.uuid5(_ORDER_NAMESPACE, session_id))


def sample_webhook(event: EventType, *, session_id: str, order_id: str) -> bytes:
    """Return the body of a sample webhook: a buyer named José, prices like 20.10."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    data = {"orderId": order_id} | _DATA[event] | dict.fromkeys(_TIMESTAMP_FIELDS[event], now)
    if event in {EventType.CREATED, EventType.PAID}:
        data["orderNumber"] = f"SAMPLE-{order_id[:8].upper()}"
    record = {"sessionId": session_id, "event": event, "timestamp": now, "data": data}
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    for number in (_PRICE, _TOTAL):
        text = text.replace(f'"{number}"', number)
    return text.encode()
