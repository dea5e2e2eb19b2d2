"""The steps of an order in the console."""

from collections.abc import Mapping
from uuid import UUID

from printora_sandbox.mockups import mockup_of_item
from printora_sandbox.models import Order
from printora_sandbox.orders import fulfilment

STEPS = ("process", "ship", "deliver", "cancel")


class OrderCard:
    """An order in the console, with the steps that its state allows."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.can_process = order.status in fulfilment.CAN_PROCESS
        self.can_ship = order.status in fulfilment.CAN_SHIP
        self.can_deliver = order.status in fulfilment.CAN_DELIVER
        self.can_cancel = order.status in fulfilment.CAN_CANCEL
        self.carriers = tuple(fulfilment.TRACKING_PAGES)
        self.tracking_number = fulfilment.generated_tracking_number(order)
        self.lines = [(item, mockup_of_item(item)) for item in order.items.all()]


def take_step(order_id: UUID, step: str, *, parcel: Mapping[str, str]) -> Order:
    """Take a step of an order; raise ``WrongStateError`` if its state does not allow it."""
    if step == "process":
        return fulfilment.process(order_id)
    if step == "ship":
        return fulfilment.ship(order_id, **parcel)
    if step == "deliver":
        return fulfilment.deliver(order_id)
    return fulfilment.cancel(order_id)
