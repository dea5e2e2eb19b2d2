"""Keep each event once, with all its effects, however often and from wherever we hear of it."""

from django.db import transaction
from django.utils import timezone

from .inserts import insert_once
from .models import PrintSession, WebhookEvent
from .notices import WebhookNotice
from .payloads import parse_notice, say_the_same
from .retention import anonymise
from .signals import event_changed, order_event

WEBHOOK, RECONCILIATION = WebhookEvent.Source.WEBHOOK, WebhookEvent.Source.RECONCILIATION


def record(
    notice: WebhookNotice, *, body: str, source: WebhookEvent.Source = WebhookEvent.Source.WEBHOOK
) -> bool:
    """Keep an event and its effects in one transaction; return whether it was new.

    What Printora signed takes the place of what reconciliation had put together, and counts as
    new; reconciliation itself changes no event that is there. Of a session whose customer's data
    was taken out, none comes in again. Raises whatever a receiver of `order_event` or
    `event_changed` raises, and then nothing is kept.
    """
    event = _event(notice, body=body, source=source)
    with transaction.atomic():
        # Of several deliveries at once the database lets one insert, and the others wait for it.
        if insert_once(event, unique=("session_id", "event")):
            _tell(event, _allowed(event, notice))
            return True
        return source == WEBHOOK and _hear_again(notice, body=body)


def _event(notice: WebhookNotice, *, body: str, source: WebhookEvent.Source) -> WebhookEvent:
    return WebhookEvent(
        session_id=notice.session_id,
        event=notice.event,
        occurred_at=notice.timestamp,
        body=body,
        source=source,
        delivery_count=1 if source == WEBHOOK else 0,
    )


def _allowed(event: WebhookEvent, notice: WebhookNotice) -> WebhookNotice:
    """Return what may be told: where the session's customer was erased, nothing of a customer."""
    erased = WebhookEvent.objects.filter(session_id=event.session_id, anonymised_at__isnull=False)
    if not erased.exists():
        return notice
    anonymise(event)
    event.save(update_fields=["body", "changed_body", "anonymised_at"])
    return parse_notice(event.body.encode())


def _tell(event: WebhookEvent, notice: WebhookNotice) -> None:
    """Let the event have its effects, inside the transaction that keeps it."""
    if notice.event_type is not None:
        ordered = PrintSession.objects.filter(session_id=notice.session_id)
        ordered.mark(PrintSession.Status.COMPLETED)
    order_event.send(sender=WebhookEvent, event=event, notice=notice)


def _hear_again(notice: WebhookNotice, *, body: str) -> bool:
    """Count one more delivery of an event, or let it replace what reconciliation had put there."""
    identity = {"session_id": notice.session_id, "event": notice.event}
    # The same bytes again, as a retry or a resend has them: one statement, and nothing is read.
    if WebhookEvent.count_again(**identity, source=WEBHOOK, body=body):
        return False
    event = WebhookEvent.objects.select_for_update().get(**identity)
    if event.source == RECONCILIATION and event.anonymised_at is None:
        _replace(event, notice, body=body)
        return True
    _compare(event, notice, body=body)
    return False


def _replace(event: WebhookEvent, notice: WebhookNotice, *, body: str) -> None:
    fresh = _event(notice, body=body, source=WEBHOOK)
    fresh.pk, fresh.received_at = event.pk, timezone.now()
    fresh.save(force_update=True)
    _tell(fresh, _allowed(fresh, notice))


def _compare(event: WebhookEvent, notice: WebhookNotice, *, body: str) -> None:
    """Count a delivery of other bytes than the first, and keep it where it says something new.

    The latest that differs is kept, beside the first. Where customers' data was taken out of the
    first, there is nothing left to compare with, and none may come back in.
    """
    event.delivery_count += 1
    is_news = event.anonymised_at is None and not any(
        say_the_same(told.encode(), body.encode())
        for told in (event.body, event.changed_body)
        if told
    )
    if is_news:
        event.changed_body = body
    event.save(update_fields=["delivery_count", "changed_body"])
    if is_news:
        event_changed.send(sender=WebhookEvent, event=event, notice=notice)
