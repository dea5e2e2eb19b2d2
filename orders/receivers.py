"""Let Printora's events change orders: the receivers of the integration's hooks."""

from typing import Any

from django.db import IntegrityError, transaction

from printora_integration.models import WebhookEvent
from printora_integration.notices import WebhookNotice

from .fold import CHANGED, flag, fold
from .models import Order


def apply_event(*, event: WebhookEvent, notice: WebhookNotice, **_signal: Any) -> None:  # noqa: ANN401
    """Fold one new event into its order, with the order's row locked.

    Runs inside the webhook's transaction: what it raises undoes the event too. An event that we do
    not know changes no order; a session that we do not know makes one all the same.
    """
    kind, data = notice.event_type, notice.data
    if kind is None or data is None:
        return
    order = _locked(event.session_id)
    if order is None:
        order = Order(session_id=event.session_id)
        fold(order, kind, data, at=notice.timestamp)
        if _inserted(order):
            return
        order = Order.objects.select_for_update().get(session_id=event.session_id)
    fold(order, kind, data, at=notice.timestamp)
    order.save()


def flag_changed_event(*, event: WebhookEvent, **_signal: Any) -> None:  # noqa: ANN401
    """Flag the order of an event that Printora told twice and differently, for a person to look at.

    Runs inside the webhook's transaction. The second telling's facts are not folded in.
    """
    order = _locked(event.session_id)
    if order is not None:  # an event that we do not know may have none
        flag(order, CHANGED.format(event.event))
        order.save(update_fields=["flags", "updated_at"])


def _locked(session_id: str) -> Order | None:
    return Order.objects.select_for_update().filter(session_id=session_id).first()


def _inserted(order: Order) -> bool:
    """Insert an order; return False when another event of its session was faster."""
    try:
        with transaction.atomic():  # a savepoint: the event's own row must survive
            order.save(force_insert=True)
    except IntegrityError:
        return False
    return True
