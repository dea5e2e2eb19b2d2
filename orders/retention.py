"""Let go of customers' data: of everyone's when it is old, of one customer's on request."""

from dataclasses import asdict, dataclass
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
    """Count what was anonymised, or deleted where nothing of it could stay."""

    orders: int = 0
    events: int = 0
    sessions: int = 0
    refused_deliveries: int = 0
    mail_files: int = 0

    def __str__(self) -> str:
        return ", ".join(
            f"{number} {name.replace('_', ' ')}" for name, number in asdict(self).items()
        )


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
    """Erase one customer everywhere, all or nothing; the e-mail address is theirs in any case.

    Raises ValueError for what is no address: part of one could be part of many.
    """
    email = email.strip()
    if "@" not in email.strip("@"):
        raise ValueError("That is no e-mail address.")
    with transaction.atomic():
        orders = Order.objects.of_customer(email)
        session_ids = [
            *orders.values_list("session_id", flat=True),
            *retention.sessions_naming(email),
        ]
        sessions = retention.sessions_of_same_visitors(session_ids)
        events = retention.events_to_anonymise().filter(session_id__in=session_ids)
        return Erased(
            orders=_anonymise(Order.objects.filter(session_id__in=session_ids)),
            events=retention.anonymise_events(events),
            sessions=retention.anonymise_sessions(sessions),
            refused_deliveries=retention.delete_refused(naming=email),
            mail_files=delete_files(to=email),
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
