"""Deliver the mails that are owed, one after the other, as long as the mail server takes them."""

import logging
import time

from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from orders.fold import RANK
from orders.mail import compose
from orders.models import Notification, Order, Status

from .failures import without_addresses

logger = logging.getLogger(__name__)

Kind, State = Notification.Kind, Notification.State


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
            sent += outcome == State.SENT
            if outcome is None or outcome == _UNREACHABLE:
                break
    finally:
        connection.close()
    return sent


_UNREACHABLE = "unreachable"


def _deliver_next(connection: BaseEmailBackend) -> str | None:
    """Try the mail that is due longest; return what became of it, or None when none is due."""
    notification = Notification.objects.claim()
    if notification is None:
        return None
    outcome = _try(notification, connection)
    _keep(notification)
    logger.info("mail %s: %s", notification.kind, outcome)
    return outcome


def _try(notification: Notification, connection: BaseEmailBackend) -> str:
    email = notification.order.customer_email
    if _is_superseded(notification):
        notification.skip(Notification.Reason.SUPERSEDED)
    elif not notification.is_news and not notification.repeats:
        notification.skip(Notification.Reason.OLD)  # its details told the true time
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
    """Tell whether a later fact's mail has gone out or waits too: "paid" beside "delivered" is old.

    What staff send again by hand goes out all the same.
    """
    rank = RANK[Status(notification.kind)]
    later = [kind for kind in Kind if RANK[Status(kind)] > rank]
    if notification.repeats or not later:
        return False
    siblings = Notification.objects.filter(order=notification.order_id, kind__in=later)
    return siblings.filter(state__in=[State.SENT, State.WAITING]).exists()


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _note_failure(notification: Notification, error: Exception) -> None:
    words = without_addresses(error)
    logger.warning("mail %s not sent: %s", notification.kind, type(error).__name__)
    if notification.is_past_patience:
        notification.give_up(words)
    else:
        notification.postpone(words)


def _keep(notification: Notification) -> None:
    """Save what became of a mail, and tell staff on the order itself what they need to know."""
    words = _flag_of(notification)
    with transaction.atomic():
        # The order's lock first, as webhooks take it: the other way round they block each other.
        found = Order.objects.select_for_update().filter(pk=notification.order_id)
        order = found.first() if words else None
        if notification.settle() and order is not None:
            order.flag(words)
            order.save(update_fields=["flags", "updated_at"])


def _flag_of(notification: Notification) -> str:
    name = notification.get_kind_display()
    day = date_format(timezone.now(), "j M Y H:i")
    if notification.state == State.FAILED:
        return (
            f"The mail “{name}” could not be sent and was given up on {day} UTC. "
            f"{notification.last_error}"
        )
    if notification.reason == Notification.Reason.NO_ADDRESS:
        return (
            f"The customer could not be written to: no address. The mail “{name}” was given up "
            f"on {day} UTC; it goes out if Printora tells one soon."
        )
    return ""
