"""Let Printora's events change orders: the receiver of the integration's one hook."""

from typing import Any

from printora_integration.models import WebhookEvent
from printora_integration.schemas import WebhookNotice

from .fold import fold
from .models import Order


def apply_event(*, event: WebhookEvent, notice: WebhookNotice, **_signal: Any) -> None:  # noqa: ANN401
    """Fold one new event into its order, with the order's row locked.

    Runs inside the webhook's transaction: what it raises undoes the event too. An event that we do
    not know changes no order; a session that we do not know makes one all the same.
    """
    kind, data = notice.event_type, notice.data
    if kind is None or data is None:
        return
    order, _is_new = Order.objects.select_for_update().get_or_create(
        session_id=event.session_id, defaults={"order_id": data.order_id}
    )
    fold(order, kind, data, at=notice.timestamp)
    order.save()
