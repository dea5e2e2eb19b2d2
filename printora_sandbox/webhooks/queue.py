"""The delivery queue: one sender at a time claims a delivery, then records its attempt.

The queue is a table, so it survives a restart. The claim of a sender that died expires.
"""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from printora_sandbox.models import Attempt, Delivery, DeliveryStatus
from printora_sandbox.models.delivery import CLAIM_DURATION

from . import wakeup
from .retry_schedule import retry_delay
from .sender import Result


def claim_next() -> Delivery | None:
    """Claim the next due delivery and return it, or return ``None``.

    No other sender can claim it until the claim expires.
    """
    while True:
        now = timezone.now()
        candidate = Delivery.objects.due(now).first()
        if candidate is None:
            return None
        claim = uuid.uuid4()
        # One conditional UPDATE decides the race: of two senders, one changes a row.
        claimed = (
            Delivery.objects.due(now)
            .filter(pk=candidate.pk, claim=candidate.claim)
            .order_by()
            .update(claim=claim, claimed_until=now + CLAIM_DURATION)
        )
        if claimed:
            return Delivery.objects.select_related("order__session").get(pk=candidate.pk)


@transaction.atomic
def record_attempt(delivery: Delivery, result: Result, *, is_last: bool = False) -> Delivery | None:
    """Record an attempt and schedule the next one; return ``None`` if the claim was lost.

    ``is_last`` skips the retries that the schedule would still allow.
    """
    claimed = Delivery.objects.select_for_update().filter(pk=delivery.pk, claim=delivery.claim)
    row = claimed.first()
    if row is None:
        return None
    now = timezone.now()
    Attempt.objects.create(
        delivery=row,
        number=row.attempts.count() + 1,
        started_at=now - timedelta(milliseconds=result.duration_ms),
        **vars(result),
    )
    row.attempts_since_reset += 1
    row.claim = row.claimed_until = None
    row.status, row.next_attempt_at = DeliveryStatus.SENT, None
    if not result.succeeded:
        delay = None if is_last else retry_delay(row.attempts_since_reset)
        row.status = DeliveryStatus.RETRYING if delay else DeliveryStatus.FAILED
        row.next_attempt_at = now + delay if delay else None
    row.save()
    return row


@transaction.atomic
def send_again(delivery: Delivery) -> Delivery:
    """Make a delivery due now, and start its retry schedule from the beginning."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    row.status = DeliveryStatus.PENDING
    row.attempts_since_reset = 0
    row.next_attempt_at = timezone.now()
    row.save(update_fields=("status", "attempts_since_reset", "next_attempt_at"))
    transaction.on_commit(wakeup.notify)
    return row


@transaction.atomic
def retry(delivery: Delivery) -> Delivery:
    """Make a delivery due now unless the partner already has it; return its current state."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    return row if row.status == DeliveryStatus.SENT else send_again(row)
