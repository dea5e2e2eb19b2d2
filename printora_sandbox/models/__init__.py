from .creator import Creator, CreatorStatus
from .delivery import Attempt, Delivery, DeliveryStatus, Event
from .faults import Faults, strikes
from .merch import EditSession, Merch, MerchStatus
from .order import Order, OrderItem, OrderStatus, PaymentMethod, PaymentStatus
from .session import Session, SessionMode, SessionStatus

__all__ = [
    "Attempt",
    "Creator",
    "CreatorStatus",
    "Delivery",
    "DeliveryStatus",
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
    "strikes",
]
