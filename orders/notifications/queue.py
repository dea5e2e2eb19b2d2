"""The queue of mails: which milestones get one, and when it is due."""

from django.utils import timezone

from orders.models import Notification, Order
from orders.models.notification import DETAILS_DEADLINE
from vendor_kit.inserts import insert_or_ignore

Kind = Notification.Kind


def milestones(order: Order) -> frozenset[Kind]:
    """Return the milestones that an order has reached and its customer gets a mail about."""
    return frozenset(kind for kind in Kind if order.reached_at(kind))


def enqueue(
    order: Order, *, known: frozenset[Kind] = frozenset(), from_reconciliation: bool = False
) -> None:
    """Queue a mail for each milestone that was not `known` before: one INSERT each, mostly one.

    Call it in the transaction that saves the order; the database keeps one mail a milestone. An old
    milestone gets none. `from_reconciliation` means that the milestone comes from Printora's list,
    and that its own event, with the details, is still to come: the mail waits for that a while.
    """
    if order.anonymised_at:
        return
    now = timezone.now()
    due_at = now + DETAILS_DEADLINE if from_reconciliation else now
    for kind in _recent_milestones(order):
        if kind not in known:
            notification = Notification(order=order, kind=kind, queued_at=now, due_at=due_at)
            insert_or_ignore(notification, unique=("order_id", "kind"))


def send_now(order: Order, kind: str) -> None:
    """Make the mail about a milestone due now: its details have come."""
    waiting = Notification.objects.filter(order=order, kind=kind, state=Notification.State.WAITING)
    waiting.update(due_at=timezone.now())


def send_with_address(order: Order) -> None:
    """Make due now what waited for the customer's address, or was skipped for want of it."""
    notifications = Notification.objects.filter(order=order)
    notifications.waiting_for_address().update(due_at=timezone.now())
    skipped = notifications.skipped_without_address()
    skipped.filter(kind__in=_recent_milestones(order)).enqueue_again()


def _recent_milestones(order: Order) -> list[Kind]:
    return [kind for kind in Kind if Notification(order=order, kind=kind).is_recent]
