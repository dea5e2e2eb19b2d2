from .autofulfil import AutoFulfil
from .delivery import Attempt, Delivery, DeliveryStatus, Event
from .draft import Draft
from .faults import Faults, strikes
from .order import Order, OrderItem, OrderStatus, PaymentMethod, PaymentStatus
from .session import Session, SessionMode, SessionStatus

__all__ = [
    "Attempt",
    "AutoFulfil",
    "Delivery",
    "DeliveryStatus",
    "Draft",
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
