"""One order with a mark in everything that says something of its customer."""

import json

from django.test import Client

from orders.models import Notification, Order
from printora_integration.models import PrintSession, RefusedDelivery, WebhookEvent
from tests.helpers import ORDER, SESSION, deliver, webhook

CANARY = "canary"
EMAIL = "canary@example.com"
_NAMES = {"firstName": "Canary-first", "lastName": "Canary-last"}
PAID = {
    "orderNumber": "PR-4711",
    "status": "processing",
    "totalAmount": 27.5,
    "paymentUrl": "https://canary.example/pay",
    "customer": _NAMES | {"email": EMAIL, "phone": "+1 canary"},
    "items": [{"productName": "Mug", "quantity": 1, "price": 1, "imageUrl": "https://canary.io"}],
    "shippingAddress": _NAMES
    | {
        "street": "Canary Street",
        "apartment": "Canary 4",
        "city": "Canary City",
        "state": "Canary State",
        "zipCode": "canary-zip",
        "country": "CANARY",
    },
    "partnerImageUrl": "https://canary.example/own.jpg",
    "giftMessage": "a field of tomorrow: canary",
}
TRACKING = {"trackingNumber": "canary-1Z", "trackingUrl": "https://canary.ups/1", "carrier": "UPS"}


def make_canaries(vendor: Client, *, visitor: str = "visitor-canary") -> Order:
    """Make the rows of the order of a visitor's own picture, through signed webhooks."""
    PrintSession.objects.create(
        visitor=visitor,
        reference="upload/canary-name",
        title="My Canary",
        session_id=SESSION,
        image_url="https://site.example/uploads/canary-name.jpg",
        back_url="/upload/canary-name/",
        redirect_url="https://printora.ai/print/canary-token",
    )
    deliver(vendor, webhook("order.paid", PAID))
    deliver(vendor, webhook("order.paid", PAID | {"totalAmount": 28}))  # comes back changed
    deliver(vendor, webhook("order.shipped", TRACKING))
    order = Order.objects.get(order_id=ORDER)
    Notification.objects.get_or_create(order=order, kind=Notification.Kind.SHIPPED)
    body = json.dumps({"customer": EMAIL, "status": "canary"}).encode()
    RefusedDelivery.objects.create(reason="data: must be an object", body=body)
    assert WebhookEvent.objects.count() == 2
    return order
