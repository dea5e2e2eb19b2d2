"""The queue of mails to customers, and the state of each."""

import uuid
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from vendor_kit.clock import database_now

from .order import Order

SEND_DEADLINE = timedelta(days=1)  # a mail that could not be sent for so long has failed
_RESULT = ("state", "reason", "due_at", "attempts", "last_error", "sent_at")
_FIRST_RETRY_DELAY, _MAX_RETRY_DELAY = timedelta(seconds=30), timedelta(hours=1)


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Queries for notifications, as those who send them need them, and changes of many."""

    def due(self, *, now: datetime | None = None) -> "NotificationQuerySet":
        """Return those that are due and not claimed, the longest due first.

        Web and worker may disagree on the time, so all times here are the database's. A claim much
        longer than a lease is from before that clock was set back, and counts for nothing.
        """
        now = now or database_now()
        # Twice, for a claim may be a little newer than the time that this query compares it with.
        latest = now + 2 * timedelta(seconds=settings.MAIL_LEASE)
        is_over = Q(claimed_until__lte=now) | Q(claimed_until__gt=latest)
        free = Q(claimed_until__isnull=True) | is_over
        waiting = self.filter(free, state=Notification.State.WAITING, due_at__lte=now)
        return waiting.order_by("due_at", "pk")

    def claim(self) -> "Notification | None":
        """Claim the one that is due longest, so that no other process sends it, or return None.

        The claim lasts MAIL_LEASE seconds, or until `release`, and holds no lock in that time.
        """
        with transaction.atomic():
            now = database_now()
            due = self.due(now=now).select_related("order")
            # SQLite has no row locks: its transactions, IMMEDIATE, wait for each other.
            notification = due.select_for_update(skip_locked=True, of=("self",)).first()
            if notification is not None:
                lease = timedelta(seconds=settings.MAIL_LEASE)
                notification.claimed_until = now + lease
                notification.save(update_fields=["claimed_until"])
        return notification

    def waiting_for_address(self) -> "NotificationQuerySet":
        """Return those that were postponed for want of an address: without any error."""
        postponed = self.filter(state=Notification.State.WAITING, attempts__gt=0)
        return postponed.filter(last_error="")

    def skipped_without_address(self) -> "NotificationQuerySet":
        """Return those that were skipped because no address came in time."""
        reason = Notification.Reason.NO_ADDRESS
        return self.filter(state=Notification.State.SKIPPED, reason=reason)

    def enqueue_again(self, **columns: int) -> int:
        """Put them into the queue as if they were new; return how many. `columns` are set too."""
        return self.update(
            state=Notification.State.WAITING,
            reason=Notification.Reason.NONE,
            attempts=0,
            last_error="",
            queued_at=Now(),
            due_at=Now(),
            **columns,
        )

    def clear_errors(self) -> int:
        """Delete the errors of mail servers, which may quote the customer; return how many."""
        return self.exclude(last_error="").update(last_error="")

    def skip_anonymised(self) -> int:
        """Skip those that still wait, because the customer was erased; return how many."""
        waiting = self.filter(state=Notification.State.WAITING)
        reason = Notification.Reason.ANONYMISED
        return waiting.update(state=Notification.State.SKIPPED, reason=reason)


class Notification(models.Model):
    """One mail to the customer of an order, about one milestone of it.

    The row is written with the milestone, in the webhook's transaction. It holds no address: the
    mail goes to the one that the order has when it is sent.
    """

    class Kind(models.TextChoices):
        """The milestones that a customer gets a mail about."""

        PAID = "paid", "Payment received"
        SHIPPED = "shipped", "On its way"
        DELIVERED = "delivered", "Delivered"
        CANCELLED = "cancelled", "Cancelled"

    class State(models.TextChoices):
        """The states of a mail."""

        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        SKIPPED = "skipped", "Not needed"
        FAILED = "failed", "Given up"

    class Reason(models.TextChoices):
        """The reasons to skip a mail."""

        NONE = "", "–"
        SUPERSEDED = "superseded", "A mail that says more took its place"
        OLD = "old", "It happened days before we received it"
        NO_ADDRESS = "no_address", "Printora never sent an e-mail address"
        ANONYMISED = "anonymised", "The customer’s data was erased"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=16, choices=Kind)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=16, choices=Reason, default=Reason.NONE, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, help_text="When the next attempt is due.")
    claimed_until = models.DateTimeField(
        null=True, blank=True, help_text="Until when only the process that claimed it may send it."
    )
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=255, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    repeats = models.PositiveIntegerField(
        default=0, help_text="How often staff have sent it again."
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind"], name="one_notification_per_order_and_kind"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="sent_notification_says_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state="waiting"),
                name="notification_due",
            )
        ]

    def __str__(self) -> str:
        return f"“{self.get_kind_display()}” about {self.order}"

    @property
    def message_id(self) -> str:
        """Return the mail's Message-ID: the same for every attempt, another for a repeat by staff.

        A worker that ends after sending and before saving sends again, and this shows it.
        """
        name = f"{settings.APP_URL}/{self.order.session_id}/{self.kind}/{self.repeats}"
        host = urlsplit(settings.APP_URL).hostname or "localhost"
        return f"<{uuid.uuid5(uuid.NAMESPACE_URL, name)}@{host}>"

    @property
    def tone(self) -> str:
        """Return the colour of its state: ok, bad, info or muted."""
        tones = {self.State.SENT: "ok", self.State.FAILED: "bad", self.State.WAITING: "info"}
        return tones.get(self.State(self.state), "muted")

    @property
    def is_waiting(self) -> bool:
        """Return whether it will be sent without further action."""
        return self.state == self.State.WAITING

    def release(self) -> bool:
        """Save the result and end the claim; return False when the claim was lost meanwhile."""
        claimed = Notification.objects.filter(
            pk=self.pk, state=self.State.WAITING, claimed_until=self.claimed_until
        )
        result = {column: getattr(self, column) for column in _RESULT}
        return bool(claimed.update(**result, claimed_until=None))

    def mark_sent(self) -> None:
        """Mark it as sent; saves nothing."""
        self.state, self.sent_at = self.State.SENT, timezone.now()
        self.attempts += 1
        self.last_error = ""

    def skip(self, reason: Reason) -> None:
        """Mark it as not needed; saves nothing."""
        self.state, self.reason = self.State.SKIPPED, reason

    def mark_failed(self, error: str) -> None:
        """Mark it as failed for good; saves nothing."""
        self.attempts += 1
        self.state, self.last_error = self.State.FAILED, error[:255]

    def postpone(self, error: str = "") -> None:
        """Set the next attempt, twice as far away as the last one, and the error; saves nothing."""
        self.due_at = database_now() + min(
            _FIRST_RETRY_DELAY * 2 ** min(self.attempts, 10), _MAX_RETRY_DELAY
        )
        self.attempts += 1
        self.last_error = error[:255]

    @property
    def is_past_deadline(self) -> bool:
        """Return whether it has waited for as long as a mail may."""
        return database_now() - self.queued_at >= SEND_DEADLINE

    def send_again(self, *, seen_repeats: int) -> bool:
        """Put it into the queue once more; return False when another click was faster.

        `seen_repeats` is the count that the page showed: two clicks on it make one repeat.
        """
        seen = Notification.objects.filter(pk=self.pk, repeats=seen_repeats)
        finished = seen.exclude(state=self.State.WAITING)
        return bool(finished.enqueue_again(repeats=seen_repeats + 1))
