"""Compare some of Printora's orders with our events, and record what is missing."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import DatabaseError

from printora_integration.exceptions import InvalidPayloadError
from printora_integration.models import WebhookEvent
from printora_integration.payloads import parse_payload
from printora_integration.schemas.api import OrderSummary
from printora_integration.schemas.webhooks import EventType
from printora_integration.webhooks.processing import process
from vendor_kit.json import UNSTORABLE

from .implied import body_of, implied_events
from .models import Reconciliation

Known = dict[str, dict[str, str]]  # by session, by event: the body


def compare(orders: Sequence[OrderSummary], run: Reconciliation) -> None:
    """Record the events that these orders imply and that we do not have; count them in `run`."""
    known = _known_events(orders)
    for order in orders:
        problem = _problem(order, known)
        if problem:
            run.problems += 1
            _add_change(run, order, problem)
        else:
            _record_missing(order, known, run)


def _known_events(orders: Sequence[OrderSummary]) -> Known:
    sessions = [order.session_id for order in orders if order.session_id]
    events = WebhookEvent.objects.filter(session_id__in=sessions, event__in=list(EventType))
    known: Known = defaultdict(dict)
    for session_id, event, body in events.values_list("session_id", "event", "body"):
        known[session_id][event] = body
    return known


def _problem(order: OrderSummary, known: Known) -> str:
    """Return why staff must review this order, or ""."""
    if order.session_id is None:
        return "Printora names no session for it, so it was left out."
    if not implied_events(order):
        return "Its status is one that we do not know, so it was left out."
    others = {_order_id_in(body) for body in known[order.session_id].values()} - {order.id, None}
    if others:
        return "Its session has another order here, so it was left out."
    return ""


def _order_id_in(body: str) -> str | None:
    try:
        data = parse_payload(body.encode()).data
    except InvalidPayloadError:  # accepted when the rules were others
        return None
    return data.order_id if data else None


def _record_missing(order: OrderSummary, known: Known, run: Reconciliation) -> None:
    stored = known[order.session_id or ""]
    missing = [event for event in implied_events(order) if event not in stored]
    try:
        recorded = [event for event in missing if _record(order, event)]
    except DatabaseError:
        raise  # that does not concern this order
    except Exception as error:  # noqa: BLE001 -- a receiver's; the other orders go on
        run.problems += 1
        _add_change(run, order, f"It could not be recorded: {type(error).__name__}.")
        return
    if recorded:
        run.orders_changed += 1
        run.events_recorded += len(recorded)
        _add_change(run, order, f"{', '.join(recorded)} recorded: Printora says {order.status}.")


def _record(order: OrderSummary, event: EventType) -> bool:
    """Process one event as the webhook would; return False when that came meanwhile."""
    body = body_of(order, event)
    payload = parse_payload(body.encode())
    return process(payload, body=body, source=WebhookEvent.Source.RECONCILIATION)


def _add_change(run: Reconciliation, order: OrderSummary, text: str) -> None:
    run.add_change(
        order=order.id,
        number=UNSTORABLE.sub("\ufffd", order.order_number or order.id),
        session=order.session_id or "",
        text=text,
    )
