from .autofulfil import AutoFulfil
from .creator import Creator, CreatorStatus
from .delivery import Attempt, Delivery, DeliveryStatus, Event
from .draft import Draft
from .faults import Faults, occurs
from .merch import EditSession, Merch, MerchStatus
from .order import Order, OrderItem, OrderStatus, PaymentMethod, PaymentStatus
from .session import Session, SessionMode, SessionStatus

__all__ = [
    "Attempt",
    "AutoFulfil",
    "Creator",
    "CreatorStatus",
    "Delivery",
    "DeliveryStatus",
    "Draft",
    "EditSession",
    "Event",
    "Faults",
    "Merch",
    "MerchStatus",
    "Order",
    "OrderItem",
    "OrderStatus",
    "PaymentMethod",
    "PaymentStatus",
    "Session",
    "SessionMode",
    "SessionStatus",
    "occurs",
]
