"""Orders that nobody paid for in time: they hold stock no longer than their session lasts."""

from django.utils import timezone

from .fulfilment import CAN_GIVE_UP, WrongStateError, cancel
from .models import Order

_AT_ONCE = 50  # the rest is due a moment later just as well


def call_off_what_was_never_paid() -> None:
    """Cancel unpaid orders of merch whose session has run out: their pieces are for sale again.

    Cancelling locks the order, so a payment at the same moment either comes first, and keeps its
    pieces, or too late. An order without merch holds nothing and stays open.
    """
    overdue = Order.objects.unpaid_in_time(timezone.now()).order_by("pk")
    for order_id in overdue.values_list("uuid", flat=True)[:_AT_ONCE]:
        try:
            cancel(order_id, allowed=CAN_GIVE_UP)
        except (WrongStateError, Order.DoesNotExist):
            continue  # the visitor, or another process, was faster
