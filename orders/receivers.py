"""Let Printora's events change orders: the receivers of the integration's hooks."""

from typing import Any

from printora_integration.models import WebhookEvent
from printora_integration.schemas.webhooks import WebhookPayload
from vendor_kit.inserts import insert_or_ignore

from .fold import CHANGED, flag, fold
from .models import Order
from .notifications import facts, find_address, hurry, owe


def apply_event(*, event: WebhookEvent, payload: WebhookPayload, **_signal: Any) -> None:  # noqa: ANN401
    """Fold one new event into its order, with the order's row locked.

    Runs inside the webhook's transaction: what it raises undoes the event too. An event that we do
    not know changes no order; a session that we do not know makes one all the same.
    """
    kind, data = payload.event_type, payload.data
    if kind is None or data is None:
        return
    hearsay = event.source == WebhookEvent.Source.RECONCILIATION
    order = Order(session_id=event.session_id)
    fold(order, kind, data, at=payload.timestamp)
    if insert_or_ignore(order, unique=("session_id",)):
        owe(order, hearsay=hearsay)
        return
    order = Order.objects.select_for_update().get(session_id=event.session_id)
    before, known = dict(vars(order)), facts(order)
    fold(order, kind, data, at=payload.timestamp)
    # Only what changed: the other columns, and their indexes, cost the database nothing then.
    changed = [column for column, value in vars(order).items() if value != before.get(column)]
    order.save(update_fields=[*changed, "updated_at"])
    owe(order, known=known, hearsay=hearsay)
    fact = kind.removeprefix("order.")
    if fact in known and not hearsay:
        hurry(order, fact)
    if known and order.customer_email and not before["customer_email"]:
        find_address(order)


def flag_changed_event(*, event: WebhookEvent, **_signal: Any) -> None:  # noqa: ANN401
    """Flag the order of an event that Printora told twice and differently, for a person to look at.

    Runs inside the webhook's transaction. The second telling's facts are not folded in.
    """
    order = Order.objects.select_for_update().filter(session_id=event.session_id).first()
    if order is not None:  # an event that we do not know may have none
        flag(order, CHANGED.format(event.event))
        order.save(update_fields=["flags", "updated_at"])
