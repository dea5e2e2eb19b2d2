"""The life of one order in five webhooks, with all details or few, as Printora may send it."""

from itertools import permutations
from typing import Any

from printora_integration.schemas.webhooks import EventType
from tests.helpers import ORDER, webhook

Story = dict[EventType, dict[str, Any]]

TIMES = {
    EventType.CREATED: "2026-02-27T10:00:00Z",
    EventType.PAID: "2026-02-27T10:05:00Z",
    EventType.SHIPPED: "2026-02-28T09:00:00Z",
    EventType.DELIVERED: "2026-03-03T15:30:00Z",
    EventType.CANCELLED: "2026-02-27T11:00:00Z",
}
_SALE = {
    "orderId": ORDER,
    "orderNumber": "PR-4711",
    "status": "pending",
    "paymentStatus": "unpaid",
    "paymentUrl": "https://printora.ai/pay/1",
    "totalAmount": 25.18,
    "currency": "USD",
    "creator": {"id": "c1", "name": "Ada", "slug": "ada"},
    "createdAt": "2026-02-27T09:59:58Z",
}
FULL: Story = {
    EventType.CREATED: _SALE,
    EventType.PAID: _SALE
    | {
        "status": "processing",
        "paymentStatus": "paid",
        "paymentMethod": "stripe",
        "totalAmount": 27.50,  # with shipping: what paid says is what counts
        "paidAt": "2026-02-27T10:04:00Z",
        "customer": {
            "email": "grace@example.com",
            "firstName": "Grace",
            "lastName": "Hopper",
            "phone": "+1 555 0100",
        },
        "items": [
            {
                "productName": "Mug",
                "quantity": 2,
                "price": 12.59,
                "variant": "White / 11oz",
                "imageUrl": "https://printora.ai/mug.png",
            }
        ],
        "shippingAddress": {
            "firstName": "Grace",
            "lastName": "Hopper",
            "street": "1 Compiler Way",
            "apartment": "4",
            "city": "Arlington",
            "state": "VA",
            "zipCode": "22201",
            "country": "US",
        },
        "partnerImageUrl": "https://gallery.example.com/dune.jpg",
    },
    EventType.SHIPPED: {
        "orderId": ORDER,
        "status": "shipped",
        "trackingNumber": "1Z999",
        "carrier": "UPS",
        "trackingUrl": "https://www.ups.com/track?1Z999",
        "shippedAt": "2026-02-28T08:59:00Z",
    },
    EventType.DELIVERED: {
        "orderId": ORDER,
        "status": "delivered",
        "deliveredAt": "2026-03-03T15:29:00Z",
    },
    EventType.CANCELLED: {"orderId": ORDER, "status": "cancelled"},
}
MINIMAL: Story = {event: {"orderId": ORDER} for event in EventType}
# What one event leaves out, or sends as null or empty, another may have.
WITH_GAPS: Story = {
    EventType.CREATED: _SALE | {"orderNumber": None, "creator": {"name": "Ada"}, "createdAt": None},
    EventType.PAID: FULL[EventType.PAID]
    | {
        "totalAmount": None,
        "currency": "",
        "paymentStatus": None,
        "paymentUrl": "",
        "creator": {"id": "c1"},
        "createdAt": None,
        "paidAt": None,
        "customer": {"email": None, "firstName": "Grace"},
        "items": [],
        "shippingAddress": None,
    },
    EventType.SHIPPED: {"orderId": ORDER, "carrier": None, "trackingNumber": "1Z999"},
    EventType.DELIVERED: {"orderId": ORDER, "status": None},
    EventType.CANCELLED: {"orderId": ORDER},
}
STORIES = {"full": FULL, "minimal": MINIMAL, "with gaps": WITH_GAPS}
ARRIVALS = list(permutations(EventType))


def payload(event: EventType, data: dict[str, Any], *, session: str = "sess_1") -> dict[str, Any]:
    """Return the webhook of one event of a story."""
    return webhook(event, data, session=session, timestamp=TIMES[event])
