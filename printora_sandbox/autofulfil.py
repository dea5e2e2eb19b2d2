"""Orders that move on by themselves, once the timer of the console is switched on."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from .fulfilment import CAN_DELIVER, CAN_SHIP, WrongStateError, deliver, ship
from .models import AutoFulfil, Order

_AT_ONCE = 50  # the rest is due a moment later just as well


def fulfil_what_is_due() -> None:
    """Ship what was paid long enough ago, and deliver what was shipped long enough ago."""
    timer = AutoFulfil.current()
    if not timer.enabled:
        return
    now = timezone.now()
    paid_by = now - timedelta(seconds=timer.ship_after_seconds)
    shipped_by = now - timedelta(seconds=timer.deliver_after_seconds)
    shipped = Order.objects.filter(status__in=CAN_DELIVER, shipped_at__lte=shipped_by)
    paid = Order.objects.filter(status__in=CAN_SHIP, paid_at__lte=paid_by)
    _move(shipped.order_by("shipped_at").values_list("uuid", flat=True)[:_AT_ONCE], deliver)
    _move(paid.order_by("paid_at").values_list("uuid", flat=True)[:_AT_ONCE], ship)


def _move(orders: Iterable[UUID], step: Callable[[UUID], Order]) -> None:
    for order_id in orders:
        try:
            step(order_id)
        except (WrongStateError, Order.DoesNotExist):
            continue  # somebody at the console, or another process, was faster
