"""Auto-fulfilment: orders are shipped and delivered by a timer, if the console switched it on."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from printora_sandbox.models import AutoFulfil, Order

from .fulfilment import CAN_DELIVER, CAN_SHIP, WrongStateError, deliver, ship

_BATCH_SIZE = 50  # the next run takes the rest


def autofulfil_due_orders() -> None:
    """Ship and deliver the orders whose delay is over."""
    timer = AutoFulfil.current()
    if not timer.enabled:
        return
    now = timezone.now()
    paid_by = now - timedelta(seconds=timer.ship_after_seconds)
    shipped_by = now - timedelta(seconds=timer.deliver_after_seconds)
    shipped = Order.objects.filter(status__in=CAN_DELIVER, shipped_at__lte=shipped_by)
    paid = Order.objects.filter(status__in=CAN_SHIP, paid_at__lte=paid_by)
    _move(shipped.order_by("shipped_at").values_list("uuid", flat=True)[:_BATCH_SIZE], deliver)
    _move(paid.order_by("paid_at").values_list("uuid", flat=True)[:_BATCH_SIZE], ship)


def _move(orders: Iterable[UUID], step: Callable[[UUID], Order]) -> None:
    for order_id in orders:
        try:
            step(order_id)
        except (WrongStateError, Order.DoesNotExist):
            continue  # the operator or another process was faster
