"""Keep which mails an order's customer is owed, and what became of each."""

import uuid
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from .order import Order

PATIENCE = timedelta(days=1)  # after this long, a mail is given up
# A fact that is older when we hear of it is no news to the customer, and often a whole past that
# reconciliation brings into an empty database.
NEWS_FOR = timedelta(days=3)
# Printora tells details again within seconds of being asked, but may be asked only so often.
DETAILS_PATIENCE = timedelta(hours=2)
_OUTCOME = ("state", "reason", "due_at", "attempts", "last_error", "sent_at")
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Ask for notifications in the words of those who send them."""

    def due(self, *, now: datetime | None = None) -> "NotificationQuerySet":
        """Return those to send now that nobody has claimed, the longest due first."""
        now = now or timezone.now()
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
        waiting = self.filter(free, state=Notification.State.WAITING, due_at__lte=now)
        return waiting.order_by("due_at", "pk")

    def claim(self) -> "Notification | None":
        """Take the one that is due longest, so that nobody else sends it; None when none is due.

        The claim lasts MAIL_LEASE seconds, or until `settle`, and holds no lock meanwhile.
        """
        with transaction.atomic():
            due = self.due().select_related("order")
            # SQLite has no row locks: its transactions, IMMEDIATE, wait for each other.
            notification = due.select_for_update(skip_locked=True, of=("self",)).first()
            if notification is not None:
                lease = timedelta(seconds=settings.MAIL_LEASE)
                notification.claimed_until = timezone.now() + lease
                notification.save(update_fields=["claimed_until"])
        return notification

    def lacking_address(self) -> "NotificationQuerySet":
        """Return those that were put off, and not because of the mail server."""
        put_off = self.filter(state=Notification.State.WAITING, attempts__gt=0)
        return put_off.filter(last_error="")

    def dropped_without_address(self) -> "NotificationQuerySet":
        """Return those that are not waiting any more for an address that never came."""
        reason = Notification.Reason.NO_ADDRESS
        return self.filter(state=Notification.State.SKIPPED, reason=reason)

    def owe_again(self, **also: int) -> int:
        """Have them tried as if they were new; return how many. `also` sets other columns."""
        now = timezone.now()
        return self.update(
            state=Notification.State.WAITING,
            reason=Notification.Reason.NONE,
            attempts=0,
            last_error="",
            owed_since=now,
            due_at=now,
            **also,
        )

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
        SUPERSEDED = "superseded", "A mail that says more took its place"
        OLD = "old", "It had happened days before we heard of it"
        NO_ADDRESS = "no_address", "Printora never told us an e-mail address"
        ANONYMISED = "anonymised", "The customer’s data was erased"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=16, choices=Kind)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=16, choices=Reason, default=Reason.NONE, blank=True)
    owed_since = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, help_text="When it is tried next.")
    claimed_until = models.DateTimeField(
        null=True, blank=True, help_text="Until when whoever sends it has it to themselves."
    )
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

    @property
    def is_news(self) -> bool:
        """Tell whether its fact was fresh when we heard of it, by the fact's own time."""
        moment = self.order.moment_of(self.kind)
        return moment is not None and self.owed_since - moment <= NEWS_FOR

    def settle(self) -> bool:
        """Save what became of it and end the claim; False when it has been taken from us since."""
        mine = Notification.objects.filter(
            pk=self.pk, state=self.State.WAITING, claimed_until=self.claimed_until
        )
        outcome = {column: getattr(self, column) for column in _OUTCOME}
        return bool(mine.update(**outcome, claimed_until=None))

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
        mine = Notification.objects.filter(pk=self.pk, repeats=seen_repeats)
        settled = mine.exclude(state=self.State.WAITING)
        return bool(settled.owe_again(repeats=seen_repeats + 1))
