from .delivery import Attempt, Delivery, DeliveryStatus, Event
from .faults import Faults, strikes
from .order import Order, OrderItem, OrderStatus, PaymentMethod, PaymentStatus
from .session import Session, SessionMode, SessionStatus

__all__ = [
    "Attempt",
    "Delivery",
    "DeliveryStatus",
    "Event",
    "Faults",
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
