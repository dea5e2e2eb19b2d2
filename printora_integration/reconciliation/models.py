"""The runs over Printora's own list of orders, and what each changed."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from printora_integration.models import WebhookEvent
from printora_integration.schemas.webhooks import EventType
from vendor_kit.clock import database_now

MAX_CHANGES = 200  # in a row's list of changes, for staff to read
# One call may wait a minute for the rate limit and take another; a run saves its heartbeat after
# each. A worker without one for longer is dead.
STALE_AFTER = timedelta(minutes=5)
# Between the requests for one event's details; after the last one no more are made.
RETRY_DELAYS = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
RUN_RETENTION = timedelta(days=30)
OVERLAP = 100  # orders compared again where a run resumes: rows may have moved


class ReconciliationQuerySet(models.QuerySet["Reconciliation"]):
    """Runs; only one of them may be running at a time."""

    def under_way(self) -> "ReconciliationQuerySet":
        """Return the run that runs or waits for a worker."""
        return self.filter(state__in=Reconciliation.UNDER_WAY)

    def request(self, *, requested_by: str) -> "Reconciliation | None":
        """Queue a full run for the next free worker; return None when one is under way already."""
        try:
            with transaction.atomic():
                self.mark_interrupted()
                if self.under_way().exists():
                    return None
                queued = Reconciliation.State.QUEUED
                return self.create(state=queued, is_full=True, requested_by=requested_by)
        except IntegrityError:  # another request came at the same time
            return None

    def start(self, *, is_full: bool = False) -> "Reconciliation | None":
        """Start the queued run, or else a new one; return None when another is running.

        The database holds the lock: a constraint allows one running row. A run that died loses it
        after STALE_AFTER, and this one resumes where that one was.
        """
        try:
            with transaction.atomic():
                self.mark_interrupted()
                self.filter(finished_at__lt=database_now() - RUN_RETENTION).delete()
                queued = self.select_for_update().filter(state=Reconciliation.State.QUEUED)
                run = queued.first() or Reconciliation(is_full=is_full)
                run.resume_from(self.exclude(pk=run.pk).order_by("-pk").first())
                run.state = Reconciliation.State.RUNNING
                run.started_at = run.heartbeat_at = database_now()
                run.save()
        except IntegrityError:
            return None
        return run

    def mark_interrupted(self) -> int:
        """Mark the runs whose worker sends no heartbeat any more; return how many there were."""
        now = database_now()
        # A heartbeat in the future is from before the clock was set back.
        alive = Q(heartbeat_at__range=(now - STALE_AFTER, now + STALE_AFTER))
        dead = self.filter(~alive, state=Reconciliation.State.RUNNING)
        return dead.update(
            state=Reconciliation.State.INTERRUPTED,
            finished_at=F("heartbeat_at"),
            error="The process that ran it has died.",
        )


class Reconciliation(models.Model):
    """One run over Printora's orders: how far it came, and what it changed."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting for a worker"
        RUNNING = "running", "Running"
        COMPLETE = "complete", "Complete"
        PAUSED = "paused", "Out of time"
        FAILED = "failed", "Failed"
        INTERRUPTED = "interrupted", "Cut off"

    UNDER_WAY = (State.QUEUED, State.RUNNING)
    # The next run resumes where one of these was.
    UNFINISHED = (State.PAUSED, State.FAILED, State.INTERRUPTED)

    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    is_full = models.BooleanField(default=False, help_text="All orders, not only the recent ones.")
    requested_by = models.CharField(max_length=150, blank=True, help_text="Empty: the schedule.")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    first_offset = models.PositiveIntegerField(default=0, help_text="Where in the list it began.")
    reached_end = models.BooleanField(default=False, help_text="It came to the end of the orders.")
    orders_seen = models.PositiveIntegerField(default=0)
    orders_changed = models.PositiveIntegerField(default=0)
    events_recorded = models.PositiveIntegerField(default=0)
    resends_requested = models.PositiveIntegerField(default=0)
    resends_refused = models.PositiveIntegerField(default=0)
    problems = models.PositiveIntegerField(default=0, help_text="Orders for staff to review.")
    # The first of them: {"order": id, "number": …, "session": id or "", "text": …}.
    changes = models.JSONField(default=list, blank=True)
    error = models.TextField(blank=True)

    objects = ReconciliationQuerySet.as_manager()

    class Meta:
        db_table = "printora_integration_reconciliation"
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
        """Return whether it may still change."""
        return self.state in self.UNDER_WAY

    @property
    def changes_left_out(self) -> int:
        """Return how many changes and problems the list had no room for."""
        return self.orders_changed + self.problems - len(self.changes)

    def resume_from(self, before: "Reconciliation | None") -> None:
        """Begin where the last run stopped, unless that run ended well, or got nowhere.

        A full run does not resume one that was not: it would never see the rest.
        """
        if before is None or before.state not in self.UNFINISHED:
            return
        if before.reached_end or not before.orders_seen or (self.is_full and not before.is_full):
            return
        self.is_full = before.is_full
        # Less than it saw, so that a row of short runs arrives all the same.
        overlap = min(OVERLAP, before.orders_seen // 2)
        self.first_offset = before.cursor - overlap

    def add_change(self, *, order: str, number: str, session: str, text: str) -> None:
        """Add one line to the list of changes, while there is room."""
        if len(self.changes) < MAX_CHANGES:
            line = {"order": order, "number": number, "session": session, "text": text}
            self.changes = [*self.changes, line]

    def save_progress(
        self, *, state: "Reconciliation.State | None" = None, error: str = ""
    ) -> bool:
        """Save the progress, and the end if there is one; return False when another took over."""
        now = database_now()
        self.heartbeat_at = now
        if state is not None:
            self.state, self.error, self.finished_at = state, error, now
        running = Reconciliation.objects.filter(pk=self.pk, state=self.State.RUNNING)
        return running.update(**self._progress()) > 0

    def _progress(self) -> dict[str, Any]:
        columns = (
            *("state", "error", "heartbeat_at", "finished_at", "reached_end"),
            *("orders_seen", "orders_changed"),
            *("events_recorded", "resends_requested", "resends_refused", "problems", "changes"),
        )
        return {column: getattr(self, column) for column in columns}


class DetailsRequestQuerySet(models.QuerySet["DetailsRequest"]):
    """Requests for the details of events."""

    def record_attempt(self, event: WebhookEvent, *, refusal: str = "") -> None:
        """Count one more time that Printora was asked for this event's details."""
        with transaction.atomic():
            request, _created = self.select_for_update().get_or_create(event=event)
            request.attempts += 1
            request.refusal = refusal
            delays = dict(enumerate(RETRY_DELAYS, start=1))
            delay = delays.get(request.attempts)
            request.next_at = database_now() + delay if delay else None
            request.save()

    def events_without_details(self, *, include_all: bool) -> "models.QuerySet[WebhookEvent]":
        """Return the events whose details Printora may still send.

        The newest without a request come first, then those requested longest ago. Those requested
        lately, or too often, only with `include_all`; those whose customer was erased never.
        It cannot resend `order.cancelled`, which has no details either.
        """
        resendable = [event for event in EventType if event != EventType.CANCELLED]
        events = WebhookEvent.objects.filter(
            source=WebhookEvent.Source.RECONCILIATION,
            event__in=resendable,
            anonymised_at__isnull=True,
        )
        if not include_all:
            now = database_now()
            latest = now + max(RETRY_DELAYS)  # what is later is from before the clock was set back
            is_due = Q(details_request__next_at__lte=now) | Q(details_request__next_at__gt=latest)
            events = events.filter(Q(details_request=None) | is_due)
        return events.order_by(F("details_request__requested_at").asc(nulls_first=True), "-pk")


class DetailsRequest(models.Model):
    """The requests to send one event again: they are counted, so that they end."""

    event = models.OneToOneField(
        WebhookEvent, on_delete=models.CASCADE, related_name="details_request"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    requested_at = models.DateTimeField(auto_now=True)
    next_at = models.DateTimeField(null=True, blank=True, help_text="Empty: never again.")
    refusal = models.TextField(blank=True, help_text="Printora's reason for refusing.")

    objects = DetailsRequestQuerySet.as_manager()

    class Meta:
        db_table = "printora_integration_detailsrequest"

    def __str__(self) -> str:
        return f"{self.event}, requested {self.attempts} times"
