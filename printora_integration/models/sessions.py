"""What we asked Printora for."""

import uuid
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

from printora_integration.exceptions import PrintoraError
from printora_integration.schemas.webhooks import EventType

from .events import WebhookEvent

# Printora documents 15 minutes and 24 hours; the shorter one is safe to build on.
LINK_LIFETIME = timedelta(minutes=15)
SESSION_LIFETIME = timedelta(hours=24)  # from the first visit
# Printora counts from a little later than we: by then nobody can begin a visit any more.
LINK_ENDED_AFTER = LINK_LIFETIME + timedelta(minutes=1)
_MAX_TRIES = 20


class PrintSessionQuerySet(models.QuerySet["PrintSession"]):
    """Queries for print sessions, and changes of their status."""

    def open(self) -> "PrintSessionQuerySet":
        """Return the sessions whose link a visitor may still be sent to."""
        return self.filter(status__in=PrintSession.OPEN)

    def stale(self, *, now: datetime | None = None) -> "PrintSessionQuerySet":
        """Return the open sessions whose time is over: unvisited links, old visits."""
        moment = now or Now()  # the database's clock, which all machines share
        return self.filter(
            Q(status__in=PrintSession.UNVISITED, created_at__lt=moment - LINK_LIFETIME)
            | Q(status=PrintSession.Status.ACTIVE, visited_at__lt=moment - SESSION_LIFETIME)
        )

    def unchecked(self) -> "PrintSessionQuerySet":
        """Return the links that were not checked with Printora since they ended.

        Their visitors may be in the editor: only Printora knows.
        """
        unchecked = Q(last_checked_at=None) | Q(
            last_checked_at__lt=F("created_at") + LINK_ENDED_AFTER
        )
        return self.filter(unchecked, status=PrintSession.Status.PENDING, session_id__isnull=False)

    def with_order(self) -> "PrintSessionQuerySet":
        """Return the sessions that an order event belongs to."""
        named = WebhookEvent.objects.filter(event__in=list(EventType)).values("session_id")
        return self.filter(session_id__in=named)

    def ended_unvisited(self, **columns: Any) -> "PrintSessionQuerySet":  # noqa: ANN401
        """Return the ended links with these columns that were not checked since; one at most."""
        return self.filter(**columns).stale().unchecked()[:1]

    def open_or_new(
        self, *, owner: dict[str, str], chosen: dict[str, Any], details: dict[str, str]
    ) -> "PrintSession":
        """Return the owner's open session for this choice, else a new, committed one.

        An open session of another choice is closed. A database constraint decides every race.
        Raises RuntimeError within a transaction, and PrintoraError when it loses 20 races.
        """
        for _try in range(_MAX_TRIES):
            # Another choice took the one open place at the same time: close it, and try again.
            with suppress(IntegrityError):
                return self._open_or_new(owner, chosen, details)
        raise PrintoraError("Too many choices were made under one reference at the same time.")

    def _open_or_new(
        self, owner: dict[str, str], chosen: dict[str, Any], details: dict[str, str]
    ) -> "PrintSession":
        sessions = self.filter(**owner)
        # Durable: the key must be committed before Printora is called.
        with transaction.atomic(durable=True):
            sessions.open().with_order().mark(PrintSession.Status.COMPLETED)
            sessions.stale().mark(PrintSession.Status.EXPIRED)
            sessions.open().exclude(**chosen).mark(PrintSession.Status.EXPIRED)
            session, is_new = self.get_or_create(
                **owner, **chosen, status__in=PrintSession.OPEN, defaults=details
            )
            if is_new:  # its lifetime counts by the clock that all machines share
                self.filter(pk=session.pk).update(created_at=Now())
        return session

    def mark(self, status: "PrintSession.Status") -> int:
        """Give all of these a status; return how many there were."""
        columns: dict[str, Any] = {"status": status, "updated_at": Now()}
        if status == PrintSession.Status.ACTIVE:
            columns["visited_at"] = Coalesce("visited_at", Now())
        return self.update(**columns)

    def mark_visited(self) -> int:
        """Record that the visitor was in the editor, where the session is still open."""
        return self.filter(status__in=PrintSession.UNVISITED).mark(PrintSession.Status.ACTIVE)

    def mark_returned(self) -> None:
        """Record that the visitor is back from the editor, so that the session is checked soon."""
        self.mark_visited()
        self.filter(status=PrintSession.Status.ACTIVE).update(last_checked_at=None)

    def mark_cancelled(self) -> int:
        """Record that the visitor cancelled in the editor; an order counts for more."""
        without_order = self.exclude(status=PrintSession.Status.COMPLETED)
        return without_order.mark(PrintSession.Status.CANCELLED)


class PrintSession(models.Model):
    """One visitor's print session: what was chosen, and the session that Printora made for it.

    The row, with its idempotency key, is committed before Printora is called: a second click, a
    reload, a timeout or a retry finds the same row and the same key.
    """

    class Mode(models.TextChoices):
        IMAGE = "image", "A picture"  # flow A
        CREATOR = "creator", "A creator's merch"  # flow B
        MERCH = "merch", "One merch item"  # flow C

    class Status(models.TextChoices):
        """The state of the session, not of its order.

        An order that is cancelled later leaves its session COMPLETED; CANCELLED means that the
        visitor cancelled in the editor. An order's event outranks every other status.
        """

        NEW = "new", "Asked for"  # saved here; no response from Printora yet
        PENDING = "pending", "Link ready"
        ACTIVE = "active", "Visited"
        COMPLETED = "completed", "Ordered"
        EXPIRED = "expired", "Expired"
        CANCELLED = "cancelled", "Cancelled"

    UNVISITED = (Status.NEW, Status.PENDING)
    OPEN = (*UNVISITED, Status.ACTIVE)  # Printora keeps a visited one for a day: its link works

    idempotency_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    visitor = models.CharField(max_length=64, help_text="Whose it is: an id of yours.")
    reference = models.CharField(max_length=255, help_text="What is printed: a name of yours.")
    title = models.CharField(max_length=255)
    mode = models.CharField(max_length=16, choices=Mode, default=Mode.IMAGE)
    image_url = models.TextField(
        blank=True, help_text="What is printed, or what pages show of it, as far as it is known."
    )
    creator_id = models.CharField(max_length=128, blank=True)
    merch_id = models.CharField(max_length=128, blank=True)
    variant_id = models.CharField(max_length=128, blank=True)
    quantity = models.PositiveSmallIntegerField(null=True, blank=True)
    back_url = models.TextField(help_text="The page that the visitor came from.")
    status = models.CharField(max_length=16, choices=Status, default=Status.NEW)
    session_id = models.CharField(max_length=128, unique=True, null=True, blank=True)
    redirect_url = models.TextField(blank=True)  # holds the token: never logged, never in a list
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    updated_at = models.DateTimeField(auto_now=True)
    visited_at = models.DateTimeField(
        null=True, blank=True, help_text="When we first knew that the visitor was in the editor."
    )
    last_checked_at = models.DateTimeField(
        null=True, blank=True, help_text="When the session was last checked with Printora."
    )

    objects = PrintSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["visitor", "reference"],
                condition=Q(status__in=["new", "pending", "active"]),
                name="one_open_session_per_visitor_and_picture",
            ),
        ]
        indexes = [
            models.Index(fields=["visitor", "-created_at"], name="session_by_visitor"),
            models.Index(
                fields=["created_at"],
                condition=Q(status__in=["new", "pending", "active"]),
                name="session_still_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_status_display()})"

    @property
    def has_open_link(self) -> bool:
        """Return whether the visitor may still go on at Printora."""
        return self.status in self.OPEN and bool(self.redirect_url)

    def store_response(self, *, session_id: str, redirect_url: str, image_url: str) -> None:
        """Save what Printora made of it; raises IntegrityError for another row's session."""
        self.session_id = session_id
        self.redirect_url = redirect_url
        self.image_url = self.image_url or image_url
        with transaction.atomic():
            self.save(update_fields=["session_id", "redirect_url", "image_url", "updated_at"])
        # Only what is still new becomes pending, and an order may have come in while we waited.
        row = PrintSession.objects.filter(pk=self.pk)
        row.filter(status=self.Status.NEW).mark(self.Status.PENDING)
        row.with_order().mark(self.Status.COMPLETED)
        self.refresh_from_db(fields=["status"])
