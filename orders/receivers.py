"""The receivers of the integration's signals: they apply Printora's events to orders."""

from typing import Any

from printora_integration.models import WebhookEvent
from printora_integration.schemas.webhooks import EventType, WebhookPayload
from vendor_kit.inserts import insert_or_ignore

from .merging import CHANGED, merge
from .models import Order
from .notifications import enqueue, milestones, send_now, send_with_address


def apply_event(*, event: WebhookEvent, payload: WebhookPayload, **_signal: Any) -> None:  # noqa: ANN401
    """Merge one new event into its order, with the order's row locked.

    Runs inside the webhook's transaction: an exception here undoes the event too. An event of an
    unknown type changes no order; the first event of an unknown session makes one.
    """
    data = payload.data
    if data is None:
        return
    event_type = EventType(payload.event)
    from_reconciliation = event.source == WebhookEvent.Source.RECONCILIATION
    order = Order(session_id=event.session_id)
    merge(order, event_type, data, at=payload.timestamp)
    if insert_or_ignore(order, unique=("session_id",)):
        enqueue(order, from_reconciliation=from_reconciliation)
        return
    order = Order.objects.select_for_update().get(session_id=event.session_id)
    before, known = dict(vars(order)), milestones(order)
    merge(order, event_type, data, at=payload.timestamp)
    # Only what changed: the other columns, and their indexes, cost the database nothing then.
    changed = [column for column, value in vars(order).items() if value != before.get(column)]
    order.save(update_fields=[*changed, "updated_at"])
    enqueue(order, known=known, from_reconciliation=from_reconciliation)
    milestone = event_type.removeprefix("order.")
    if milestone in known and not from_reconciliation:
        send_now(order, milestone)
    if known and order.customer_email and not before["customer_email"]:
        send_with_address(order)


def flag_changed_event(*, event: WebhookEvent, **_signal: Any) -> None:  # noqa: ANN401
    """Flag the order of an event that came again with different data, for staff to review.

    Runs inside the webhook's transaction. The data of the second delivery is not merged.
    """
    order = Order.objects.select_for_update().filter(session_id=event.session_id).first()
    if order is not None:  # an event of an unknown type may have none
        order.flag(CHANGED.format(event.event))
        order.save(update_fields=["flags", "updated_at"])
