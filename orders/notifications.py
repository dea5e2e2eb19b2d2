"""Owe customers a mail when an order reaches a new fact, and deliver what is owed.

A mail is written down in the transaction that makes the fact true, and sent later by whoever runs
`deliver`. Each has one transaction of its own, with its row locked: a process that is killed gives
the lock back, so at most the mail in flight goes out twice, under the same Message-ID, and none is
lost.
"""

import logging
import os
import time
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from printora_integration.inserts import insert_once

from .fold import RANK
from .mail import compose
from .models import Notification, Order, Status

logger = logging.getLogger(__name__)

Kind = Notification.Kind
_MOMENTS = {
    Kind.PAID: "paid_at",
    Kind.SHIPPED: "shipped_at",
    Kind.DELIVERED: "delivered_at",
    Kind.CANCELLED: "cancelled_at",
}


def facts(order: Order) -> frozenset[Kind]:
    """Return the facts about an order that its customer is told of."""
    return frozenset(kind for kind, moment in _MOMENTS.items() if getattr(order, moment))


def owe(order: Order, *, known: frozenset[Kind] = frozenset()) -> None:
    """Write down a mail for each fact that was not `known` before: one INSERT each, mostly one.

    Call it in the transaction that saves the order; the database keeps one a fact.
    """
    new = frozenset() if order.anonymised_at else facts(order) - known
    for kind in (kind for kind in Kind if kind in new):
        insert_once(Notification(order=order, kind=kind), unique=("order_id", "kind"))


def deliver(*, seconds: float = 30) -> int:
    """Send the mails that are due, for about so many seconds; return how many went out.

    Any number of processes may do so at once. Stops when the mail server cannot be reached: the
    next mail would fare no better, and has its turn at the next call.
    """
    sent, deadline = 0, time.monotonic() + seconds
    connection = get_connection()
    try:
        while time.monotonic() < deadline:
            outcome = _deliver_next(connection)
            sent += outcome == Notification.State.SENT
            if outcome is None or outcome == _UNREACHABLE:
                break
    finally:
        connection.close()
    return sent


_UNREACHABLE = "unreachable"


def _deliver_next(connection: BaseEmailBackend) -> str | None:
    """Try the mail that is due longest; return what became of it, or None when none is due."""
    with transaction.atomic():
        # SQLite has no row locks: its transactions, IMMEDIATE, wait for each other.
        due = Notification.objects.due().select_related("order")
        notification = due.select_for_update(skip_locked=True, of=("self",)).first()
        if notification is None:
            return None
        outcome = _try(notification, connection)
        notification.save()
        if notification.state == Notification.State.FAILED:
            _flag(notification)
    logger.info("mail %s: %s", notification.kind, outcome)
    return outcome


def _try(notification: Notification, connection: BaseEmailBackend) -> str:
    email = notification.order.customer_email
    if _is_superseded(notification):
        notification.skip(Notification.Reason.SUPERSEDED)
    elif not email and notification.is_past_patience:
        notification.skip(Notification.Reason.NO_ADDRESS)
    elif not email:
        notification.postpone()
    elif not _is_address(email):
        notification.give_up("The customer’s e-mail address is not one.")
    else:
        return _send(notification, connection)
    return notification.state


def _send(notification: Notification, connection: BaseEmailBackend) -> str:
    try:
        connection.open()
    except Exception as error:  # noqa: BLE001 -- each backend has its own, and none may stop the queue
        _note_failure(notification, error)
        return _UNREACHABLE
    try:
        connection.send_messages([compose(notification)])
    except Exception as error:  # noqa: BLE001 -- a mail that cannot be sent must not hold up the others
        _note_failure(notification, error)
        connection.close()  # whatever state it is in
    else:
        notification.mark_sent()
    return notification.state


def _is_superseded(notification: Notification) -> bool:
    """Tell whether the customer has read a later fact: "paid" after "delivered" would be silly.

    What staff send again by hand goes out all the same.
    """
    rank = RANK[Status(notification.kind)]
    later = [kind for kind in Kind if RANK[Status(kind)] > rank]
    if notification.repeats or not later:
        return False
    siblings = Notification.objects.filter(order=notification.order_id, kind__in=later)
    return siblings.filter(state=Notification.State.SENT).exists()


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _note_failure(notification: Notification, error: Exception) -> None:
    words = _without_addresses(error)
    logger.warning("mail %s not sent: %s", notification.kind, type(error).__name__)
    if notification.is_past_patience:
        notification.give_up(words)
    else:
        notification.postpone(words)


def _without_addresses(error: Exception) -> str:
    """Return what went wrong without the server's words: they quote the customer's address."""
    kind = type(error).__name__
    if isinstance(error, SMTPRecipientsRefused):
        codes = sorted({str(code) for code, _words in error.recipients.values()})
        return f"{kind}: the mail server answered {', '.join(codes)}"
    if isinstance(error, SMTPResponseException):
        return f"{kind}: the mail server answered {error.smtp_code}"
    if isinstance(error, OSError) and error.errno:
        return f"{kind}: {os.strerror(error.errno)}"
    return kind


def _flag(notification: Notification) -> None:
    """Tell staff on the order itself."""
    order = Order.objects.select_for_update().get(pk=notification.order_id)
    day = date_format(timezone.now(), "j M Y H:i")
    order.flag(
        f"The mail “{notification.get_kind_display()}” could not be sent and was given up on "
        f"{day} UTC. {notification.last_error}"
    )
    order.save(update_fields=["flags", "updated_at"])
