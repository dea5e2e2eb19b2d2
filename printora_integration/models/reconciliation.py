"""Keep what was compared with Printora's own list of orders, and what that changed."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from printora_integration.notices import EventType

from .events import WebhookEvent

CHANGES_KEPT = 200  # a row's list of changes is for people to read
# One call may wait a minute for the rate limit and take another; a run says that it lives after
# each. A worker that says nothing for longer is dead.
STALE_AFTER = timedelta(minutes=5)
# Between the times that Printora is asked for one event's details; then it is given up.
PAUSES = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
KEPT_FOR = timedelta(days=30)
OVERLAP = 100  # orders looked at again where a run goes on: rows may have moved


class ReconciliationQuerySet(models.QuerySet["Reconciliation"]):
    """Ask for runs, and begin them one at a time."""

    def under_way(self) -> "ReconciliationQuerySet":
        """Return the run that runs or waits for a worker."""
        return self.filter(state__in=Reconciliation.UNDER_WAY)

    def ask(self, *, asked_by: str) -> "Reconciliation | None":
        """Queue a full run for the next free worker; return None when one is under way already."""
        try:
            with transaction.atomic():
                self.bury_the_dead()
                if self.under_way().exists():
                    return None
                queued = Reconciliation.State.QUEUED
                return self.create(state=queued, is_full=True, asked_by=asked_by)
        except IntegrityError:  # somebody else has asked at this very moment
            return None

    def begin(self, *, is_full: bool = False) -> "Reconciliation | None":
        """Start the queued run, or else a new one; return None when another is running.

        The database holds the lock: a constraint allows one running row. A run that died loses it
        after STALE_AFTER, and this one goes on where that one was.
        """
        try:
            with transaction.atomic():
                self.bury_the_dead()
                self.filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
                queued = self.select_for_update().filter(state=Reconciliation.State.QUEUED)
                run = queued.first() or Reconciliation(is_full=is_full)
                run.go_on_from(self.exclude(pk=run.pk).order_by("-pk").first())
                run.state = Reconciliation.State.RUNNING
                run.started_at = run.heartbeat_at = timezone.now()
                run.save()
        except IntegrityError:
            return None
        return run

    def bury_the_dead(self) -> int:
        """Mark the runs whose worker has fallen silent; return how many there were."""
        silent = self.filter(
            state=Reconciliation.State.RUNNING, heartbeat_at__lt=timezone.now() - STALE_AFTER
        )
        return silent.update(
            state=Reconciliation.State.INTERRUPTED,
            finished_at=F("heartbeat_at"),
            error="The process that ran it has died.",
        )


class Reconciliation(models.Model):
    """Record one run over Printora's orders: how far it came, and what it changed."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting for a worker"
        RUNNING = "running", "Running"
        COMPLETE = "complete", "Complete"
        PAUSED = "paused", "Out of time"
        FAILED = "failed", "Failed"
        INTERRUPTED = "interrupted", "Cut off"

    UNDER_WAY = (State.QUEUED, State.RUNNING)
    # The next run goes on where one of these was.
    UNFINISHED = (State.PAUSED, State.FAILED, State.INTERRUPTED)

    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    is_full = models.BooleanField(default=False, help_text="All orders, not only the recent ones.")
    asked_by = models.CharField(max_length=150, blank=True, help_text="Nobody: the clock did.")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    first_offset = models.PositiveIntegerField(default=0, help_text="Where in the list it began.")
    is_through = models.BooleanField(default=False, help_text="It came to the end of the orders.")
    orders_seen = models.PositiveIntegerField(default=0)
    orders_changed = models.PositiveIntegerField(default=0)
    events_recorded = models.PositiveIntegerField(default=0)
    resends_asked = models.PositiveIntegerField(default=0)
    resends_refused = models.PositiveIntegerField(default=0)
    problems = models.PositiveIntegerField(default=0, help_text="Orders for a person to look at.")
    # The first of them: {"order": id, "number": …, "session": id or "", "text": …}.
    changes = models.JSONField(default=list, blank=True)
    error = models.TextField(blank=True)

    objects = ReconciliationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state__in=["queued", "running"]),
                name="one_reconciliation_queued_and_one_running",
            ),
        ]

    def __str__(self) -> str:
        return f"Reconciliation {self.pk}: {self.get_state_display()}"

    @property
    def cursor(self) -> int:
        """Return how far down Printora's list it has come."""
        return self.first_offset + self.orders_seen

    @property
    def is_under_way(self) -> bool:
        """Tell whether it may still change."""
        return self.state in self.UNDER_WAY

    @property
    def changes_left_out(self) -> int:
        """Return how many changes and problems the list had no room for."""
        return self.orders_changed + self.problems - len(self.changes)

    def go_on_from(self, before: "Reconciliation | None") -> None:
        """Begin where the last run stopped, unless that run ended well, or got nowhere.

        A full run does not go on from one that was not: it would never see the rest.
        """
        if before is None or before.state not in self.UNFINISHED:
            return
        if before.is_through or not before.orders_seen or (self.is_full and not before.is_full):
            return
        self.is_full = before.is_full
        # Less than it saw, so that a row of short runs arrives all the same.
        overlap = min(OVERLAP, before.orders_seen // 2)
        self.first_offset = before.cursor - overlap

    def tell(self, *, order: str, number: str, session: str, text: str) -> None:
        """Add one line to the list of changes, while there is room."""
        if len(self.changes) < CHANGES_KEPT:
            line = {"order": order, "number": number, "session": session, "text": text}
            self.changes = [*self.changes, line]

    def keep(self, *, state: "Reconciliation.State | None" = None, error: str = "") -> bool:
        """Save the progress, and the end if there is one; return False when another took over."""
        now = timezone.now()
        self.heartbeat_at = now
        if state is not None:
            self.state, self.error, self.finished_at = state, error, now
        mine = Reconciliation.objects.filter(pk=self.pk, state=self.State.RUNNING)
        return mine.update(**self._progress()) > 0

    def _progress(self) -> dict[str, Any]:
        columns = (
            *("state", "error", "heartbeat_at", "finished_at", "is_through"),
            *("orders_seen", "orders_changed"),
            *("events_recorded", "resends_asked", "resends_refused", "problems", "changes"),
        )
        return {column: getattr(self, column) for column in columns}


class DetailsRequestQuerySet(models.QuerySet["DetailsRequest"]):
    """Remember what was asked for, and find what to ask for."""

    def note(self, event: WebhookEvent, *, refusal: str = "") -> None:
        """Count one more time that Printora was asked for this event's details."""
        with transaction.atomic():
            request, _created = self.select_for_update().get_or_create(event=event)
            request.times += 1
            request.refusal = refusal
            pause = PAUSES[request.times - 1] if request.times <= len(PAUSES) else None
            request.next_at = timezone.now() + pause if pause else None
            request.save()

    def lacking(self, *, all_of_them: bool) -> "models.QuerySet[WebhookEvent]":
        """Return the events whose details Printora may still send.

        The newest that it was never asked for come first, then those asked for longest ago.
        Those that it was asked for lately, or too often, only with `all_of_them`; those whose
        customer was erased never. It cannot resend `order.cancelled`, which has no details either.
        """
        resendable = [event for event in EventType if event != EventType.CANCELLED]
        events = WebhookEvent.objects.filter(
            source=WebhookEvent.Source.RECONCILIATION,
            event__in=resendable,
            anonymised_at__isnull=True,
        )
        if not all_of_them:
            its_turn = Q(details_request__next_at__lte=timezone.now())
            events = events.filter(Q(details_request=None) | its_turn)
        return events.order_by(F("details_request__asked_at").asc(nulls_first=True), "-pk")


class DetailsRequest(models.Model):
    """Remember that Printora was asked to send an event again, so that it is not asked for ever."""

    event = models.OneToOneField(
        WebhookEvent, on_delete=models.CASCADE, related_name="details_request"
    )
    times = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now=True)
    next_at = models.DateTimeField(null=True, blank=True, help_text="Never again, where empty.")
    refusal = models.TextField(blank=True, help_text="What Printora answered when it said no.")

    objects = DetailsRequestQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.event}, asked for {self.times} times"
