"""Keep what we asked Printora for (PrintSession) and what it told us (WebhookEvent)."""

from .events import RefusedDelivery, WebhookEvent
from .reconciliation import DetailsRequest, Reconciliation
from .sessions import LINK_LIFETIME, SESSION_LIFETIME, PrintSession, PrintSessionQuerySet

__all__ = [
    "LINK_LIFETIME",
    "SESSION_LIFETIME",
    "DetailsRequest",
    "PrintSession",
    "PrintSessionQuerySet",
    "Reconciliation",
    "RefusedDelivery",
    "WebhookEvent",
]
