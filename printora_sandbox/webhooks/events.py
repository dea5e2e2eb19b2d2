"""Order events: each is queued as a webhook in the transaction of the change that it reports."""

import random
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from printora_sandbox.models import Delivery, Event, Faults, Order
from printora_sandbox.partners import partner_by_id

from . import wakeup
from .payloads import UNKNOWN_EVENT, event_payload, unknown_event_payload


def enqueue_event(order: Order, event: Event) -> None:
    """Queue one webhook in the caller's transaction, and wake the worker after the commit.

    A partner without a webhook address gets none. The faults can add copies, a delay, and a
    second event of an unknown type.
    """
    if not _has_webhook_url(order.session.partner):
        return
    faults = Faults.current()
    webhooks = [(event.value, event_payload(order, event, faults))] * (1 + faults.webhook_copies)
    if faults.unknown_events:
        webhooks.append((UNKNOWN_EVENT, unknown_event_payload(order, faults)))
    Delivery.objects.bulk_create(
        Delivery(order=order, event=name, body=body, next_attempt_at=_first_attempt_at(faults))
        for name, body in webhooks
    )
    transaction.on_commit(wakeup.notify)


def resend_event(order: Order, event: Event) -> Delivery:
    """Queue an event's webhook again: a new log with the same bytes.

    Raises ``Delivery.DoesNotExist`` for an event that has not happened.
    """
    first = order.deliveries.filter(event=event).earliest("pk")
    delivery = Delivery.objects.create(order=order, event=event, body=first.body)
    transaction.on_commit(wakeup.notify)
    return delivery


def _has_webhook_url(partner_id: str) -> bool:
    try:
        return bool(partner_by_id(partner_id).webhook_url)
    except LookupError:  # the partner was removed from the settings
        return False


def _first_attempt_at(faults: Faults) -> datetime:
    """Return the time of the first attempt: now, or later if a fault delays or reorders it."""
    shuffle = random.randint(0, faults.webhook_shuffle_ms)  # noqa: S311  (chance, not secrecy)
    return timezone.now() + timedelta(milliseconds=faults.webhook_delay_ms + shuffle)
