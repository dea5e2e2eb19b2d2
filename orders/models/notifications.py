"""Keep which mails an order's customer is owed, and what became of each."""

import uuid
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .order import Order

PATIENCE = timedelta(days=1)  # after this long, a mail is given up
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Ask for notifications in the words of those who send them."""

    def due(self, *, now: datetime | None = None) -> "NotificationQuerySet":
        """Return those to send now, the longest due first."""
        waiting = self.filter(state=Notification.State.WAITING, due_at__lte=now or timezone.now())
        return waiting.order_by("due_at", "pk")

    def forget_errors(self) -> int:
        """Drop what mail servers said, for they may quote the customer; return how many."""
        return self.exclude(last_error="").update(last_error="")

    def withdraw(self) -> int:
        """Skip those that still wait, their customer's address being gone; return how many."""
        waiting = self.filter(state=Notification.State.WAITING)
        reason = Notification.Reason.ANONYMISED
        return waiting.update(state=Notification.State.SKIPPED, reason=reason)


class Notification(models.Model):
    """Owe the customer of an order one mail about one fact.

    The row is written with the fact, in the webhook's transaction. It holds no address: the mail
    goes to the one that the order knows when it is sent.
    """

    class Kind(models.TextChoices):
        PAID = "paid", "Payment received"
        SHIPPED = "shipped", "On its way"
        DELIVERED = "delivered", "Delivered"
        CANCELLED = "cancelled", "Cancelled"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        SKIPPED = "skipped", "Not needed"
        FAILED = "failed", "Given up"

    class Reason(models.TextChoices):
        """Say why a mail was skipped."""

        NONE = "", "–"
        SUPERSEDED = "superseded", "A mail that says more had been sent before"
        NO_ADDRESS = "no_address", "Printora never told us an e-mail address"
        ANONYMISED = "anonymised", "The customer’s data was erased"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=16, choices=Kind)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=16, choices=Reason, default=Reason.NONE, blank=True)
    owed_since = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, help_text="When it is tried next.")
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=255, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    repeats = models.PositiveIntegerField(default=0, help_text="How often staff sent it again.")

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

        A worker that dies between sending and noting it sends again, and this shows it.
        """
        named = f"{settings.APP_URL}/{self.order.session_id}/{self.kind}/{self.repeats}"
        host = urlsplit(settings.APP_URL).hostname or "localhost"
        return f"<{uuid.uuid5(uuid.NAMESPACE_URL, named)}@{host}>"

    @property
    def tone(self) -> str:
        """Return how its state looks: ok, bad, info or muted."""
        tones = {self.State.SENT: "ok", self.State.FAILED: "bad", self.State.WAITING: "info"}
        return tones.get(self.State(self.state), "muted")

    @property
    def is_waiting(self) -> bool:
        """Tell whether it will be tried by itself."""
        return self.state == self.State.WAITING

    def mark_sent(self) -> None:
        """Note that it has gone out; saves nothing."""
        self.state, self.sent_at = self.State.SENT, timezone.now()
        self.attempts += 1
        self.last_error = ""

    def skip(self, reason: Reason) -> None:
        """Note that it need not go out; saves nothing."""
        self.state, self.reason = self.State.SKIPPED, reason

    def give_up(self, error: str) -> None:
        """Note that it will not go out; saves nothing."""
        self.attempts += 1
        self.state, self.last_error = self.State.FAILED, error[:255]

    def postpone(self, error: str = "") -> None:
        """Note why it has not gone out, and wait twice as long as last time; saves nothing."""
        self.due_at = timezone.now() + min(
            _FIRST_PAUSE * 2 ** min(self.attempts, 10), _LONGEST_PAUSE
        )
        self.attempts += 1
        self.last_error = error[:255]

    @property
    def is_past_patience(self) -> bool:
        """Tell whether it has been tried for long enough."""
        return timezone.now() - self.owed_since >= PATIENCE

    def send_again(self, *, seen_repeats: int) -> bool:
        """Have it sent again; return False when someone else, or a first click, was faster.

        `seen_repeats` is the count that the person saw: it makes of two clicks one repeat.
        """
        now = timezone.now()
        mine = Notification.objects.filter(pk=self.pk, repeats=seen_repeats)
        return bool(
            mine.exclude(state=self.State.WAITING).update(
                state=self.State.WAITING,
                reason=self.Reason.NONE,
                repeats=seen_repeats + 1,
                attempts=0,
                last_error="",
                owed_since=now,
                due_at=now,
            )
        )
