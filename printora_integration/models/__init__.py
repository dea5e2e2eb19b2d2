"""Keep what we asked Printora for (PrintSession) and what it told us (WebhookEvent)."""

from .events import RefusedDelivery, WebhookEvent
from .sessions import LINK_LIFETIME, PrintSession, PrintSessionQuerySet

__all__ = [
    "LINK_LIFETIME",
    "PrintSession",
    "PrintSessionQuerySet",
    "RefusedDelivery",
    "WebhookEvent",
]
