"""Erase customers' data: everyone's when it is old, one customer's on request."""

from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from printora_integration import retention
from vendor_kit.clock import database_now

from .models import Notification, Order, OrderQuerySet
from .notifications.file_backend import delete_files

BATCH_SIZE = 500  # orders in one transaction


@dataclass
class Erased:
    """The counts of what was anonymised, or deleted where nothing of it could stay.

    `visitors` are the ids of those who were erased: other apps erase what they store under these
    ids. They are in no text, and nobody logs them.
    """

    orders: int = 0
    events: int = 0
    sessions: int = 0
    refused_deliveries: int = 0
    mail_files: int = 0
    visitors: list[str] = field(default_factory=list, repr=False)

    def __str__(self) -> str:
        counted = [count.name for count in fields(self) if count.repr]
        return ", ".join(f"{getattr(self, name)} {name.replace('_', ' ')}" for name in counted)


def prune(*, days: int, now: datetime | None = None) -> Erased:
    """Anonymise what is older than `days`; with 0, nothing is ever old.

    Works in batches, each in a transaction of its own: a run that is stopped loses nothing, and
    the next one continues. Several runs at once do no harm.
    """
    if days <= 0:
        return Erased()
    before = (now or database_now()) - timedelta(days=days)
    old_events = retention.events_to_anonymise().filter(
        Q(received_at__lt=before) | Q(session_id__in=_anonymous_sessions())
    )
    return Erased(
        orders=_anonymise(Order.objects.older_than(before)),
        events=retention.anonymise_events(old_events),
        sessions=retention.anonymise_sessions(retention.sessions_to_anonymise(before=before)),
        refused_deliveries=retention.delete_refused(before=before),
        mail_files=delete_files(before=before.timestamp()),
    )


def forget(email: str) -> Erased:
    """Erase one customer here, all or nothing; letter case in the e-mail address is ignored.

    The result has the customer's `visitors`, for the apps that store more about them. Call it
    outside any transaction, or it raises RuntimeError. Raises ValueError for text that is not a
    whole address: a part of one may be a part of many.
    """
    email = email.strip()
    if "@" not in email.strip("@"):
        raise ValueError("That is no e-mail address.")
    # Durable: no rollback may follow, for it would not bring deleted files back.
    with transaction.atomic(durable=True):
        erased = _forget_rows(email)
    erased.mail_files = delete_files(to=email)
    return erased


def _forget_rows(email: str) -> Erased:
    session_ids = [
        *Order.objects.of_customer(email).values_list("session_id", flat=True),
        *retention.sessions_with_address(email),
    ]
    visitors = retention.visitors_of(session_ids)
    sessions = retention.sessions_of_same_visitors(session_ids)
    # Events, sessions, orders, notifications: `orders.models` has the lock order.
    events = retention.events_to_anonymise().filter(session_id__in=session_ids)
    return Erased(
        events=retention.anonymise_events(events),
        sessions=retention.anonymise_sessions(sessions),
        orders=_anonymise(Order.objects.filter(session_id__in=session_ids)),
        refused_deliveries=retention.delete_refused(with_address=email),
        visitors=visitors,
    )


def _anonymous_sessions() -> "OrderQuerySet":
    """Return the session ids of anonymous orders: an event may have come after the erasure."""
    return Order.objects.filter(anonymised_at__isnull=False).values("session_id")  # type: ignore[return-value]


def _anonymise(orders: OrderQuerySet) -> int:
    count = 0
    todo = orders.filter(anonymised_at__isnull=True).order_by("pk")
    while keys := list(todo.values_list("pk", flat=True)[:BATCH_SIZE]):
        with transaction.atomic():
            count += _anonymise_batch(keys)
    return count


def _anonymise_batch(keys: list[int]) -> int:
    # Orders first, then their notifications: `orders.models` has the lock order.
    orders = list(Order.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    notifications = Notification.objects.filter(order__in=keys)
    notifications.skip_anonymised()
    notifications.clear_errors()
    for order in orders:
        order.anonymise()
        order.save()
    return len(orders)
