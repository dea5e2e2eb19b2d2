"""Keep what we asked Printora for."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from printora_integration.notices import EventType

from .events import WebhookEvent

# Printora documents 15 minutes and 24 hours; the shorter one is safe to build on.
LINK_LIFETIME = timedelta(minutes=15)


class PrintSessionQuerySet(models.QuerySet["PrintSession"]):
    """Ask for print sessions in the words of the journey."""

    def open(self) -> "PrintSessionQuerySet":
        """Return the sessions whose link a visitor may still be sent to."""
        return self.filter(status__in=PrintSession.OPEN)

    def stale(self, *, now: datetime | None = None) -> "PrintSessionQuerySet":
        """Return the open sessions whose link has outlived itself."""
        return self.open().filter(created_at__lt=(now or timezone.now()) - LINK_LIFETIME)

    def with_order(self) -> "PrintSessionQuerySet":
        """Return the sessions that an order event has named."""
        named = WebhookEvent.objects.filter(event__in=list(EventType)).values("session_id")
        return self.filter(session_id__in=named)

    def mark(self, status: "PrintSession.Status") -> int:
        """Give all of these a status; return how many there were."""
        return self.update(status=status, updated_at=timezone.now())


class PrintSession(models.Model):
    """Record one visitor's wish to print one picture, and the session Printora made for it.

    The row, with its idempotency key, is committed before Printora is called: a second click, a
    reload, a timeout or a retry finds the same row and the same key.
    """

    class Status(models.TextChoices):
        NEW = "new", "Asked for"  # saved here; no reply from Printora yet
        PENDING = "pending", "Link ready"
        ACTIVE = "active", "Visited"
        COMPLETED = "completed", "Ordered"
        EXPIRED = "expired", "Expired"
        CANCELLED = "cancelled", "Cancelled"

    OPEN = (Status.NEW, Status.PENDING)

    idempotency_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    visitor = models.CharField(max_length=64, help_text="Whose it is: an id of yours.")
    reference = models.CharField(max_length=255, help_text="What is printed: a name of yours.")
    title = models.CharField(max_length=255)
    image_url = models.TextField()
    back_url = models.TextField(help_text="The page that the visitor came from.")
    status = models.CharField(max_length=16, choices=Status, default=Status.NEW)
    session_id = models.CharField(max_length=128, unique=True, null=True, blank=True)
    redirect_url = models.TextField(blank=True)  # holds the token: never logged, never listed
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PrintSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["visitor", "reference"],
                condition=Q(status__in=["new", "pending"]),
                name="one_open_session_per_visitor_and_picture",
            ),
        ]
        indexes = [models.Index(fields=["visitor", "-created_at"], name="session_by_visitor")]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_status_display()})"

    @property
    def has_open_link(self) -> bool:
        """Tell whether the visitor may still go on at Printora."""
        return self.status in self.OPEN and bool(self.redirect_url)
