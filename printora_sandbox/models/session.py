"""A partner session: one visitor's invitation to print, or to buy what a creator designed."""

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
    """What the session was opened for."""

    IMAGE = "image"
    CREATOR = "creator"
    MERCH = "merch"


class SessionStatus(models.TextChoices):
    """Where a session is in its life."""

    PENDING = "pending"
    ACTIVE = "active"
    COMPLETED = "completed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


LINK_TOKEN = re.compile("[0-9a-f]{64}")
OPEN_STATUSES = (SessionStatus.PENDING, SessionStatus.ACTIVE)


def new_token() -> str:
    """Return 64 hexadecimal digits that nobody can guess."""
    return secrets.token_hex(32)


def link_deadline() -> datetime:
    """Return when a link made now stops working if nobody follows it."""
    return timezone.now() + timedelta(seconds=settings.LINK_LIFETIME_SECONDS)


class SessionQuerySet(models.QuerySet["Session"]):
    """Queries about sessions."""

    def expire_overdue(self) -> Self:
        """Mark as expired what has outlived its deadline; return the same sessions."""
        overdue = self.filter(status__in=OPEN_STATUSES, expires_at__lte=timezone.now())
        if overdue.exists():  # reading takes no lock
            overdue.update(status=SessionStatus.EXPIRED)
        return self

    def close_links(self) -> None:
        """Cancel those that are still open: what they led to is gone."""
        self.filter(status__in=OPEN_STATUSES).update(status=SessionStatus.CANCELLED)

    def with_goods(self) -> Self:
        """Load the order, creator and item of each in the same query."""
        return self.select_related("order", "creator", "merch__creator")


class Session(models.Model):
    """One invitation. The token in its link is the visitor's only credential."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.CharField(max_length=64, default=new_token, unique=True, editable=False)
    partner = models.CharField(max_length=64)
    idempotency_key = models.CharField(max_length=255)
    mode = models.CharField(max_length=16, choices=SessionMode, default=SessionMode.IMAGE)
    status = models.CharField(
        max_length=16, choices=SessionStatus, default=SessionStatus.PENDING, db_index=True
    )
    image_url = models.TextField(blank=True)  # flow A: the visitor's; flow C: the item's
    # A creator or an item that is deleted takes its open sessions' links with it, and no order.
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
        """Whether the link still leads to the editor."""
        return self.status in OPEN_STATUSES

    @property
    def redirect_url(self) -> str:
        """The address a partner sends its visitor to."""
        return f"{settings.SANDBOX_URL}{reverse('editor', args=[self.token])}"

    def activate(self) -> None:
        """Begin the visit: the first one starts the longer lifetime, later ones change nothing."""
        now = timezone.now()
        self.first_visited_at = now
        self.expires_at = now + timedelta(seconds=settings.SESSION_LIFETIME_SECONDS)
        self.status = SessionStatus.ACTIVE
        values = {
            name: getattr(self, name) for name in ("first_visited_at", "expires_at", "status")
        }
        Session.objects.filter(pk=self.pk, status=SessionStatus.PENDING).update(**values)
