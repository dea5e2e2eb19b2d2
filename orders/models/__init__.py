"""Orders, as far as Printora's events have described them, and the mails about them.

The lock order is the same everywhere. A transaction that locks rows of several kinds locks them in
this order, and several rows of one kind by ascending primary key. Otherwise two transactions may
wait for each other, and PostgreSQL ends one of them with "deadlock detected".

1. the webhook event
2. the print session
3. the order
4. its notifications
5. refused deliveries
"""

from .notification import Notification, NotificationQuerySet
from .order import Order, OrderQuerySet
from .print_sessions import attach_orders, attach_print_sessions
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
