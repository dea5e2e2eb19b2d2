"""Creators: a partner sells their merch."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone


class CreatorStatus(models.TextChoices):
    """The vendor's states of a creator; only an active one sells."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    SUSPENDED = "suspended"


class Creator(models.Model):
    """One creator of one partner; its merch is deleted with it, its orders stay."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    slug = models.CharField(max_length=255)
    email = models.CharField(max_length=254, blank=True)
    description = models.TextField(blank=True)
    logo_url = models.TextField(blank=True)
    status = models.CharField(
        max_length=16, choices=CreatorStatus, default=CreatorStatus.ACTIVE, db_index=True
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("partner", "slug"), name="one_creator_per_slug_and_partner"
            ),
            models.CheckConstraint(
                condition=Q(status__in=CreatorStatus.values), name="creator_status_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.name
