"""A delivery: one webhook that must reach the partner, and each attempt at it."""

import json
import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .order import Order


class Event(models.TextChoices):
    """What happened to an order."""

    CREATED = "order.created"
    PAID = "order.paid"
    SHIPPED = "order.shipped"
    DELIVERED = "order.delivered"
    CANCELLED = "order.cancelled"


class DeliveryStatus(models.TextChoices):
    """Whether the partner has it; the vendor's words."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    RETRYING = "retrying"


WAITING_STATUSES = (DeliveryStatus.PENDING, DeliveryStatus.RETRYING)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Queries about deliveries."""

    def due(self, now: datetime) -> Self:
        """Keep what may be sent now, the longest waiting first.

        An order's events keep their order while all goes well: one waits until those before it
        have been tried once, but for those that a fault holds back for longer. A claim that has
        run out belongs to a sender that died.
        """
        untried_before = Delivery.objects.filter(
            order=OuterRef("order"),
            pk__lt=OuterRef("pk"),
            status=DeliveryStatus.PENDING,
            next_attempt_at__lte=OuterRef("next_attempt_at"),
        )
        return (
            self.filter(status__in=WAITING_STATUSES, next_attempt_at__lte=now)
            .filter(Q(claimed_until__isnull=True) | Q(claimed_until__lte=now))
            .exclude(Exists(untried_before))
            .order_by("next_attempt_at", "pk")
        )

    def with_attempts(self) -> Self:
        """Load what a log entry shows in two queries, however many there are."""
        return self.select_related("order__session").prefetch_related("attempts")


class Delivery(models.Model):
    """One webhook. ``body`` is written once, and every attempt sends the same bytes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=32, choices=Event, db_index=True)
    body = models.TextField(editable=False)
    status = models.CharField(max_length=16, choices=DeliveryStatus, default=DeliveryStatus.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)  # in the present round of the schedule
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
        """The newest attempt, from the prefetched ones if there are any."""
        return max(self.attempts.all(), key=lambda attempt: attempt.number, default=None)

    @property
    def error_message(self) -> str | None:
        """Why the partner doesn't have it, if an attempt failed."""
        last = self.last_attempt
        if last is None or self.status == DeliveryStatus.SENT:
            return None
        return last.error or f"HTTP {last.http_status}"


class Attempt(models.Model):
    """One POST to the partner: the reply's status, or the error that took its place."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    duration_ms = models.PositiveIntegerField()
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)
    reply = models.TextField(blank=True)

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
    def reply_data(self) -> object:
        """What the partner answered: JSON if it was, else the text, else nothing."""
        try:
            return json.loads(self.reply)
        except ValueError:
            return self.reply or None
