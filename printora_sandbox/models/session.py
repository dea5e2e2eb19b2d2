"""Partner sessions: one visitor prints a picture or buys a creator's merch."""

import re
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from .creator import Creator
from .merch import Merch


class SessionMode(models.TextChoices):
    """The three flows of a session: A, B and C."""

    IMAGE = "image"
    CREATOR = "creator"
    MERCH = "merch"


class SessionStatus(models.TextChoices):
    """The vendor's states of a session."""

    PENDING = "pending"
    ACTIVE = "active"
    COMPLETED = "completed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


LINK_TOKEN_PATTERN = re.compile("[0-9a-f]{64}")
OPEN_STATUSES = (SessionStatus.PENDING, SessionStatus.ACTIVE)


def new_token() -> str:
    """Return a random token of 64 hexadecimal digits."""
    return secrets.token_hex(32)


def link_deadline() -> datetime:
    """Return the time when a new link expires if nobody visits it."""
    return timezone.now() + timedelta(seconds=settings.LINK_LIFETIME_SECONDS)


class SessionQuerySet(models.QuerySet["Session"]):
    """Queries for sessions."""

    def expire_overdue(self) -> Self:
        """Mark the sessions past their deadline as expired; return the same sessions."""
        overdue = self.filter(status__in=OPEN_STATUSES, expires_at__lte=timezone.now())
        if overdue.exists():  # a read takes no lock
            overdue.update(status=SessionStatus.EXPIRED)
        return self

    def cancel_open(self) -> None:
        """Cancel the open sessions, because their creator or item is deleted."""
        self.filter(status__in=OPEN_STATUSES).update(status=SessionStatus.CANCELLED)

    def with_related(self) -> Self:
        """Load the sessions with their order, creator and item, in one query."""
        return self.select_related("order", "creator", "merch__creator")


class Session(models.Model):
    """One partner session; the token in its link is the visitor's only credential."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.CharField(max_length=64, default=new_token, unique=True, editable=False)
    partner = models.CharField(max_length=64)
    idempotency_key = models.CharField(max_length=255)
    mode = models.CharField(max_length=16, choices=SessionMode, default=SessionMode.IMAGE)
    status = models.CharField(
        max_length=16, choices=SessionStatus, default=SessionStatus.PENDING, db_index=True
    )
    image_url = models.TextField(blank=True)  # flow A: the visitor's picture; flow C: the item's
    # When a creator or an item is deleted, its open sessions are cancelled; its orders stay.
    creator = models.ForeignKey(
        Creator, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions"
    )
    merch = models.ForeignKey(
        Merch, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions"
    )
    variant_id = models.CharField(max_length=128, blank=True)  # the catalog's id
    quantity = models.PositiveSmallIntegerField(default=1)
    success_url = models.TextField()
    failed_url = models.TextField()
    email = models.CharField(max_length=254, blank=True)
    first_name = models.CharField(max_length=120, blank=True)
    last_name = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=240, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    first_visited_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(default=link_deadline)
    completed_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("partner", "idempotency_key"), name="one_session_per_idempotency_key"
            ),
            models.CheckConstraint(
                condition=Q(status__in=SessionStatus.values), name="session_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=SessionStatus.COMPLETED) | Q(completed_at__isnull=False),
                name="completed_session_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_open(self) -> bool:
        """Whether the link still opens the editor."""
        return self.status in OPEN_STATUSES

    @property
    def redirect_url(self) -> str:
        """The URL to which the partner redirects its visitor."""
        return f"{settings.SANDBOX_URL}{reverse('editor', args=[self.token])}"

    def activate(self) -> None:
        """Record the first visit, which starts the longer lifetime; later ones change nothing."""
        now = timezone.now()
        self.first_visited_at = now
        self.expires_at = now + timedelta(seconds=settings.SESSION_LIFETIME_SECONDS)
        self.status = SessionStatus.ACTIVE
        values = {
            name: getattr(self, name) for name in ("first_visited_at", "expires_at", "status")
        }
        Session.objects.filter(pk=self.pk, status=SessionStatus.PENDING).update(**values)
