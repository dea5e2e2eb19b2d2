"""Write down which mails an order's customer is owed, and from when on."""

from django.utils import timezone

from orders.models import Notification, Order
from orders.models.notifications import DETAILS_PATIENCE
from vendor_kit.inserts import insert_or_ignore

Kind = Notification.Kind


def facts(order: Order) -> frozenset[Kind]:
    """Return the facts about an order that its customer is told of."""
    return frozenset(kind for kind in Kind if order.moment_of(kind))


def owe(order: Order, *, known: frozenset[Kind] = frozenset(), hearsay: bool = False) -> None:
    """Write down a mail for each fact that was not `known` before: one INSERT each, mostly one.

    Call it in the transaction that saves the order; the database keeps one a fact. What is no news
    any more is owed no mail. `hearsay` says that Printora's list told of it and its own event is
    still to come, with the details: the mail waits for that a while.
    """
    if order.anonymised_at:
        return
    now = timezone.now()
    due_at = now + DETAILS_PATIENCE if hearsay else now
    for kind in _news(order):
        if kind not in known:
            mail = Notification(order=order, kind=kind, owed_since=now, due_at=due_at)
            insert_or_ignore(mail, unique=("order_id", "kind"))


def hurry(order: Order, kind: str) -> None:
    """Send the mail about a fact now: its details have come."""
    waiting = Notification.objects.filter(order=order, kind=kind, state=Notification.State.WAITING)
    waiting.update(due_at=timezone.now())


def find_address(order: Order) -> None:
    """Send now what waited for the customer's address, or had been dropped for want of it."""
    mails = Notification.objects.filter(order=order)
    mails.lacking_address().update(due_at=timezone.now())
    dropped = mails.dropped_without_address()
    dropped.filter(kind__in=_news(order)).owe_again()


def _news(order: Order) -> list[Kind]:
    return [kind for kind in Kind if Notification(order=order, kind=kind).is_news]
