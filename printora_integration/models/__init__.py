"""What we asked Printora for (PrintSession) and what it sent us (WebhookEvent)."""

from .events import RefusedDelivery, WebhookEvent, payload_without_customer
from .sessions import LINK_LIFETIME, SESSION_LIFETIME, PrintSession, PrintSessionQuerySet

__all__ = [
    "LINK_LIFETIME",
    "SESSION_LIFETIME",
    "PrintSession",
    "PrintSessionQuerySet",
    "RefusedDelivery",
    "WebhookEvent",
    "payload_without_customer",
]
