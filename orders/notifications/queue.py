"""The queue of mails: which milestones get one, and when it is due."""

from datetime import datetime, timedelta

from django.db.models.functions import Now
from django.utils import timezone

from orders.models import Notification, Order
from vendor_kit.clock import database_now
from vendor_kit.inserts import insert_or_ignore

# A milestone that is older when we receive it gets no mail: the customer knows it, and often it
# comes from reconciliation, which fills an empty database with the past.
MAX_MILESTONE_AGE = timedelta(days=3)
# Printora resends details within seconds of a request, but limits the requests.
DETAILS_DEADLINE = timedelta(hours=2)

Kind = Notification.Kind


def milestones(order: Order) -> frozenset[Kind]:
    """Return the milestones that an order has reached and its customer gets a mail about."""
    return frozenset(kind for kind in Kind if _reached_at(order, kind))


def is_recent(order: Order, kind: str, *, received_at: datetime) -> bool:
    """Return whether a milestone was recent at a time."""
    reached_at = _reached_at(order, kind)
    return reached_at is not None and received_at - reached_at <= MAX_MILESTONE_AGE


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
    received_at = timezone.now()
    due_at = database_now() + DETAILS_DEADLINE if from_reconciliation else Now()
    for kind in Kind:
        if kind not in known and is_recent(order, kind, received_at=received_at):
            notification = Notification(order=order, kind=kind, queued_at=Now(), due_at=due_at)
            insert_or_ignore(notification, unique=("order_id", "kind"))


def send_now(order: Order, kind: str) -> None:
    """Make the mail about a milestone due now: its details have come."""
    waiting = Notification.objects.filter(order=order, kind=kind, state=Notification.State.WAITING)
    waiting.update(due_at=Now())


def send_with_address(order: Order) -> None:
    """Make due now what waited for the customer's address, or was skipped for want of it."""
    notifications = Notification.objects.filter(order=order)
    notifications.waiting_for_address().update(due_at=Now())
    skipped = notifications.skipped_without_address()
    now = timezone.now()
    recent = [kind for kind in Kind if is_recent(order, kind, received_at=now)]
    skipped.filter(kind__in=recent).enqueue_again()


def _reached_at(order: Order, kind: str) -> datetime | None:
    reached_at: datetime | None = getattr(order, f"{kind}_at")
    return reached_at
