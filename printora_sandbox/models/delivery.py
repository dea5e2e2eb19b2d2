"""Deliveries: webhooks for the partner, and the attempts to send them."""

import json
import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .order import Order


class Event(models.TextChoices):
    """The events of an order."""

    CREATED = "order.created"
    PAID = "order.paid"
    SHIPPED = "order.shipped"
    DELIVERED = "order.delivered"
    CANCELLED = "order.cancelled"


class DeliveryStatus(models.TextChoices):
    """The vendor's states of a delivery."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    RETRYING = "retrying"


# Longer than any attempt: connecting, writing and reading have 5 s each.
CLAIM_DURATION = timedelta(seconds=20)
MAX_DELAY = timedelta(hours=3)  # longer than any retry's, and any fault's
WAITING_STATUSES = (DeliveryStatus.PENDING, DeliveryStatus.RETRYING)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Queries for deliveries."""

    def due(self, now: datetime) -> Self:
        """Return the deliveries that may be sent now, the longest waiting first.

        The events of an order are sent in their order: each waits until the earlier ones have had
        their first attempt, unless a fault delays those for longer. An expired claim belongs to a
        sender that died.
        """
        earlier_without_attempt = Delivery.objects.filter(
            order=OuterRef("order"),
            pk__lt=OuterRef("pk"),
            status=DeliveryStatus.PENDING,
            next_attempt_at__lte=OuterRef("next_attempt_at"),
        )
        # Times further ahead than any of ours are from before the clock was set back.
        is_due = Q(next_attempt_at__lte=now) | Q(next_attempt_at__gt=now + MAX_DELAY)
        is_free = Q(claimed_until__lte=now) | Q(claimed_until__gt=now + 2 * CLAIM_DURATION)
        return (
            self.filter(is_due, status__in=WAITING_STATUSES)
            .filter(Q(claimed_until__isnull=True) | is_free)
            .exclude(Exists(earlier_without_attempt))
            .order_by("next_attempt_at", "pk")
        )

    def with_attempts(self) -> Self:
        """Load the deliveries with their orders and attempts, in two queries."""
        return self.select_related("order__session").prefetch_related("attempts")


class Delivery(models.Model):
    """One webhook; every attempt sends the bytes of ``body``, which never changes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=32, choices=Event, db_index=True)
    body = models.TextField(editable=False)
    status = models.CharField(max_length=16, choices=DeliveryStatus, default=DeliveryStatus.PENDING)
    attempts_since_reset = models.PositiveSmallIntegerField(default=0)  # for the retry schedule
    next_attempt_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "deliveries"
        indexes = (models.Index(fields=("status", "next_attempt_at"), name="delivery_queue"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=WAITING_STATUSES, next_attempt_at__isnull=False)
                | Q(
                    status__in=(DeliveryStatus.SENT, DeliveryStatus.FAILED),
                    next_attempt_at__isnull=True,
                ),
                name="delivery_waits_until_sent_or_failed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.uuid}"

    @property
    def last_attempt(self) -> "Attempt | None":
        """The newest attempt; prefetched attempts are used if there are any."""
        return max(self.attempts.all(), key=lambda attempt: attempt.number, default=None)

    @property
    def error_message(self) -> str | None:
        """The error of the last attempt, unless the webhook was delivered."""
        last = self.last_attempt
        if last is None or self.status == DeliveryStatus.SENT:
            return None
        return last.error or f"HTTP {last.http_status}"


class Attempt(models.Model):
    """One POST to the partner: the status of its response, or the error if there was none."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    duration_ms = models.PositiveIntegerField()
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)
    response_body = models.TextField(blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("delivery", "number"), name="one_row_per_attempt"),
            models.CheckConstraint(
                condition=Q(http_status__isnull=False) | ~Q(error=""),
                name="attempt_has_a_status_or_an_error",
            ),
        )

    def __str__(self) -> str:
        return f"attempt {self.number}: {self.http_status or self.error}"

    @property
    def response_data(self) -> object:
        """The partner's response: its JSON, else its text, else ``None``."""
        try:
            return json.loads(self.response_body)
        except ValueError:
            return self.response_body or None
