"""Keep orders, as far as Printora's events have told us of them, and the mails about them."""

from .notifications import Notification, NotificationQuerySet
from .order import Order, attach_orders, attach_print_sessions
from .querysets import OrderQuerySet
from .status import Status, Step

__all__ = [
    "Notification",
    "NotificationQuerySet",
    "Order",
    "OrderQuerySet",
    "Status",
    "Step",
    "attach_orders",
    "attach_print_sessions",
]
