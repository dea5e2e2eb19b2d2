"""Let go of customers' data: of everyone's when it is old, of one customer's on request."""

from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from printora_integration import retention

from .mail.folder import delete_files
from .models import Notification, Order, OrderQuerySet

_BATCH = 500  # orders in one transaction


@dataclass
class Erased:
    """Count what was anonymised, or deleted where nothing of it could stay.

    `visitors` are the ids of those who were forgotten: what other apps keep of them, by the same
    id, is theirs to erase. It is told to nobody else, and not written down.
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

    In batches, each a transaction of its own, so that a run that is ended loses nothing and the
    next one goes on. Runs at once do no harm.
    """
    if days <= 0:
        return Erased()
    before = (now or timezone.now()) - timedelta(days=days)
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
    """Erase one customer here, all or nothing; the e-mail address is theirs in any case.

    What comes back names the `visitors` that they were, for the apps that keep more of them. Call
    it outside any transaction, or it raises RuntimeError. Raises ValueError for what is no
    address: part of one could be part of many.
    """
    email = email.strip()
    if "@" not in email.strip("@"):
        raise ValueError("That is no e-mail address.")
    # Durable: a file that is deleted comes back with no rollback.
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
    # Events, sessions, orders: a webhook locks them in this order too, or both would wait for ever.
    events = retention.events_to_anonymise().filter(session_id__in=session_ids)
    return Erased(
        events=retention.anonymise_events(events),
        sessions=retention.anonymise_sessions(sessions),
        orders=_anonymise(Order.objects.filter(session_id__in=session_ids)),
        refused_deliveries=retention.delete_refused(with_address=email),
        visitors=visitors,
    )


def _anonymous_sessions() -> "OrderQuerySet":
    """Return the sessions of anonymous orders: an event may have come after it was erased."""
    return Order.objects.filter(anonymised_at__isnull=False).values("session_id")  # type: ignore[return-value]


def _anonymise(orders: OrderQuerySet) -> int:
    count = 0
    todo = orders.filter(anonymised_at__isnull=True).order_by("pk")
    while keys := list(todo.values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            # Mails first, then orders: whoever sends a mail locks them in this order too.
            mails = Notification.objects.filter(order__in=keys)
            mails.withdraw()
            mails.forget_errors()
            for order in Order.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
                order.anonymise()
                order.save()
                count += 1
    return count
