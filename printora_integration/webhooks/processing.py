"""Events with all their effects, each once, however often and from wherever they come."""

from django.db import transaction
from django.utils import timezone

from printora_integration.models import PrintSession, WebhookEvent, payload_without_customer
from printora_integration.payloads import have_same_content
from printora_integration.schemas.webhooks import WebhookPayload
from printora_integration.signals import event_changed, order_event
from vendor_kit.inserts import insert_or_ignore

Source = WebhookEvent.Source


def process(
    payload: WebhookPayload, *, body: str, source: WebhookEvent.Source = Source.WEBHOOK
) -> bool:
    """Store an event and its effects in one transaction; return whether it was new.

    A signed event replaces what reconciliation had put together, and counts as new; reconciliation
    itself changes no event that is there. Where the customer of the session was erased, no data of
    a customer comes in again. Raises whatever a receiver of `order_event` or `event_changed`
    raises, and then nothing is stored.
    """
    event = _event(payload, body=body, source=source)
    with transaction.atomic():
        # Of several deliveries at once the database lets one insert, and the others wait for it.
        if insert_or_ignore(event, unique=("session_id", "event")):
            _apply(event, _without_erased_customer(event, payload))
            return True
        return source == Source.WEBHOOK and _process_again(payload, body=body)


def _event(payload: WebhookPayload, *, body: str, source: WebhookEvent.Source) -> WebhookEvent:
    return WebhookEvent(
        session_id=payload.session_id,
        event=payload.event,
        occurred_at=payload.timestamp,
        body=body,
        source=source,
        delivery_count=1 if source == Source.WEBHOOK else 0,
    )


def _without_erased_customer(event: WebhookEvent, payload: WebhookPayload) -> WebhookPayload:
    """Return the payload, without its customer where the session's customer was erased."""
    erased = WebhookEvent.objects.filter(session_id=event.session_id, anonymised_at__isnull=False)
    if not erased.exists():
        return payload
    event.anonymise()
    event.save(update_fields=["body", "changed_body", "anonymised_at"])
    return payload_without_customer(payload)


def _apply(event: WebhookEvent, payload: WebhookPayload) -> None:
    """Apply the event's effects, inside the transaction that stores it."""
    if payload.data is not None:  # an event that we know
        sessions = PrintSession.objects.filter(session_id=payload.session_id)
        sessions.update(status=PrintSession.Status.COMPLETED, updated_at=timezone.now())
    order_event.send(sender=WebhookEvent, event=event, payload=payload)


def _process_again(payload: WebhookPayload, *, body: str) -> bool:
    """Count one more delivery of an event, or replace what reconciliation had put there with it."""
    identity = {"session_id": payload.session_id, "event": payload.event}
    # The same bytes again, as a retry or a resend has them: one statement, and nothing is read.
    if WebhookEvent.count_delivery(**identity, source=Source.WEBHOOK, body=body):
        return False
    event = WebhookEvent.objects.select_for_update().get(**identity)
    if event.source == Source.RECONCILIATION and event.anonymised_at is None:
        _replace(event, payload, body=body)
        return True
    _compare(event, payload, body=body)
    return False


def _replace(event: WebhookEvent, payload: WebhookPayload, *, body: str) -> None:
    signed = _event(payload, body=body, source=Source.WEBHOOK)
    signed.pk, signed.received_at = event.pk, timezone.now()
    signed.save(force_update=True)
    _apply(signed, _without_erased_customer(signed, payload))


def _compare(event: WebhookEvent, payload: WebhookPayload, *, body: str) -> None:
    """Count a delivery of other bytes than the first, and store it where its content is new.

    The latest that differs is stored beside the first. Where customers' data was taken out of the
    first, nothing is left to compare with, and none may come back in.
    """
    event.delivery_count += 1
    has_changed = event.anonymised_at is None and not any(
        have_same_content(known.encode(), body.encode())
        for known in (event.body, event.changed_body)
        if known
    )
    if has_changed:
        event.changed_body = body
    event.save(update_fields=["delivery_count", "changed_body"])
    if has_changed:
        event_changed.send(sender=WebhookEvent, event=event, payload=payload)
