"""Unpaid orders: they reserve stock only until their session expires."""

from django.utils import timezone

from printora_sandbox.models import Order

from .fulfilment import CAN_CANCEL_UNPAID, WrongStateError, cancel

_BATCH_SIZE = 50  # the next run takes the rest


def cancel_unpaid_orders() -> None:
    """Cancel unpaid orders of merch whose session has expired, and release their stock.

    Cancelling locks the order. A payment at the same moment is therefore either first and keeps
    the stock, or too late. An order without merch reserves nothing and stays open.
    """
    overdue = Order.objects.unpaid_past_deadline(timezone.now()).order_by("pk")
    for order_id in overdue.values_list("uuid", flat=True)[:_BATCH_SIZE]:
        try:
            cancel(order_id, allowed=CAN_CANCEL_UNPAID)
        except (WrongStateError, Order.DoesNotExist):
            continue  # the visitor or another process was faster
