"""Send the mails that are due, one after the other, while the mail server accepts them."""

import logging
import time

from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from orders.models import Notification, Order, Status
from orders.models.status import RANKS

from .errors import describe_error
from .mail import compose
from .queue import is_recent

logger = logging.getLogger(__name__)

Kind, State = Notification.Kind, Notification.State
_UNREACHABLE = "unreachable"


def send_due(*, seconds: float = 30) -> int:
    """Send the mails that are due, for about so many seconds; return how many went out.

    Any number of processes may do so at once. Stops when the mail server cannot be reached: the
    next mail would fail too, and is tried at the next call.
    """
    sent, deadline = 0, time.monotonic() + seconds
    connection = get_connection()
    try:
        while time.monotonic() < deadline:
            outcome = _send_next(connection)
            sent += outcome == State.SENT
            if outcome is None or outcome == _UNREACHABLE:
                break
    finally:
        connection.close()
    return sent


def _send_next(connection: BaseEmailBackend) -> str | None:
    """Try the mail that is due longest; return its new state, or None when none is due."""
    notification = Notification.objects.claim()
    if notification is None:
        return None
    outcome = _try(notification, connection)
    _save(notification)
    logger.info("mail %s: %s", notification.kind, outcome)
    return outcome


def _try(notification: Notification, connection: BaseEmailBackend) -> str:
    email = notification.order.customer_email
    if _is_superseded(notification):
        notification.skip(Notification.Reason.SUPERSEDED)
    elif not (notification.repeats or _is_recent(notification)):
        notification.skip(Notification.Reason.OLD)  # the details have brought the true time
    elif not email and notification.is_past_deadline:
        notification.skip(Notification.Reason.NO_ADDRESS)
    elif not email:
        notification.postpone()
    elif not _is_address(email):
        notification.mark_failed("The customer’s e-mail address is not one.")
    else:
        return _send(notification, connection)
    return notification.state


def _send(notification: Notification, connection: BaseEmailBackend) -> str:
    try:
        connection.open()
    except Exception as error:  # noqa: BLE001 -- each backend has its own, and none may stop the queue
        _handle_error(notification, error)
        return _UNREACHABLE
    try:
        connection.send_messages([compose(notification)])
    except Exception as error:  # noqa: BLE001 -- a mail that cannot be sent must not hold up the others
        _handle_error(notification, error)
        connection.close()  # whatever state it is in
    else:
        notification.mark_sent()
    return notification.state


def _is_recent(notification: Notification) -> bool:
    received_at = notification.queued_at
    return is_recent(notification.order, notification.kind, received_at=received_at)


def _is_superseded(notification: Notification) -> bool:
    """Return whether the mail of a later milestone was sent or waits too.

    Beside "delivered", "paid" is out of date. A mail that staff send again goes out all the same.
    """
    rank = RANKS[Status(notification.kind)]
    later = [kind for kind in Kind if RANKS[Status(kind)] > rank]
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


def _handle_error(notification: Notification, error: Exception) -> None:
    logger.warning("mail %s not sent: %s", notification.kind, type(error).__name__)
    if notification.is_past_deadline:
        notification.mark_failed(describe_error(error))
    else:
        notification.postpone(describe_error(error))


def _save(notification: Notification) -> None:
    """Save the result of an attempt, and flag the order where staff should know of it."""
    reason = _flag_reason(notification)
    with transaction.atomic():
        # The order first, then its notification: `orders.models` has the lock order.
        found = Order.objects.select_for_update().filter(pk=notification.order_id)
        order = found.first() if reason else None
        if notification.release() and order is not None:
            order.flag(reason)
            order.save(update_fields=["flags", "updated_at"])


def _flag_reason(notification: Notification) -> str:
    name = notification.get_kind_display()
    day = date_format(timezone.now(), "j M Y H:i")
    if notification.state == State.FAILED:
        return (
            f"The mail “{name}” could not be sent and was given up on {day} UTC. "
            f"{notification.last_error}"
        )
    if notification.reason == Notification.Reason.NO_ADDRESS:
        return (
            f"The mail “{name}” was given up on {day} UTC: the customer’s e-mail address is not "
            f"known. The mail goes out if Printora sends one soon."
        )
    return ""
