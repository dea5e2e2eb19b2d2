"""The queue of deliveries: claimed by one sender at a time, and closed with what came of it.

The table is the queue, so it survives a restart. A sender that dies leaves a claim that runs out.
"""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from printora_sandbox.models import Attempt, Delivery, DeliveryStatus

from .bell import ring
from .schedule import pause_after
from .sender import Result

# Longer than an attempt can take: connecting, writing and reading have 5 s each.
CLAIM = timedelta(seconds=20)


def claim_next() -> Delivery | None:
    """Take the next delivery that is due, or return ``None``; no other sender gets it meanwhile."""
    while True:
        now = timezone.now()
        candidate = Delivery.objects.due(now).first()
        if candidate is None:
            return None
        claim = uuid.uuid4()
        # One conditional UPDATE decides the race: of two senders, one changes a row.
        taken = (
            Delivery.objects.due(now)
            .filter(pk=candidate.pk, claim=candidate.claim)
            .order_by()
            .update(claim=claim, claimed_until=now + CLAIM)
        )
        if taken:
            return Delivery.objects.select_related("order__session").get(pk=candidate.pk)


@transaction.atomic
def close_attempt(delivery: Delivery, result: Result, *, is_last: bool = False) -> Delivery | None:
    """Record an attempt and what follows from it; ``None`` if the claim was lost meanwhile.

    ``is_last`` leaves out the retries that the schedule would still allow.
    """
    current = Delivery.objects.select_for_update().filter(pk=delivery.pk, claim=delivery.claim)
    row = current.first()
    if row is None:
        return None
    now = timezone.now()
    Attempt.objects.create(
        delivery=row,
        number=row.attempts.count() + 1,
        started_at=now - timedelta(milliseconds=result.duration_ms),
        **vars(result),
    )
    row.tries += 1
    row.claim = row.claimed_until = None
    row.status, row.next_attempt_at = DeliveryStatus.SENT, None
    if not result.succeeded:
        pause = None if is_last else pause_after(row.tries)
        row.status = DeliveryStatus.RETRYING if pause else DeliveryStatus.FAILED
        row.next_attempt_at = now + pause if pause else None
    row.save()
    return row


@transaction.atomic
def send_again(delivery: Delivery) -> Delivery:
    """Put a delivery at the head of the queue, with the whole schedule before it once more."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    row.status = DeliveryStatus.PENDING
    row.tries = 0
    row.next_attempt_at = timezone.now()
    row.save(update_fields=("status", "tries", "next_attempt_at"))
    transaction.on_commit(ring)
    return row


@transaction.atomic
def retry(delivery: Delivery) -> Delivery:
    """Try a delivery again now, unless the partner has it already; return it as it stands."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    return row if row.status == DeliveryStatus.SENT else send_again(row)
