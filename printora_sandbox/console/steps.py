"""Which steps an order allows, and how the desk takes them."""

from collections.abc import Mapping
from uuid import UUID

from printora_sandbox import fulfilment
from printora_sandbox.models import Order
from printora_sandbox.pictures import picture_of

STEPS = ("process", "ship", "deliver", "cancel")


class OrderDesk:
    """An order as the desk shows it: the order, and the buttons that would work."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.can_process = order.status in fulfilment.CAN_PROCESS
        self.can_ship = order.status in fulfilment.CAN_SHIP
        self.can_deliver = order.status in fulfilment.CAN_DELIVER
        self.can_cancel = order.status in fulfilment.CAN_CANCEL
        self.carriers = tuple(fulfilment.TRACKING_PAGES)
        self.tracking_number = fulfilment.suggested_tracking_number(order)
        self.lines = [(item, picture_of(item)) for item in order.items.all()]


def take_step(order_id: UUID, step: str, *, parcel: Mapping[str, str]) -> Order:
    """Move an order; raise ``WrongStateError`` when its state has no such step."""
    if step == "process":
        return fulfilment.process(order_id)
    if step == "ship":
        return fulfilment.ship(order_id, **parcel)
    if step == "deliver":
        return fulfilment.deliver(order_id)
    return fulfilment.cancel(order_id)
