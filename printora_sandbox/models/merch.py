"""Merch: products with a creator's design, and the edit sessions of their design editor."""

import re
import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from printora_sandbox.catalog import Product, Variant, product_by_slug, variants_of

from .creator import Creator, CreatorStatus

EDIT_TOKEN_PATTERN = re.compile("[0-9a-f]{64}")


class MerchStatus(models.TextChoices):
    """The vendor's states of an item; only an active one is for sale."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    ARCHIVED = "archived"


def new_edit_token() -> str:
    """Return a random token of 64 hexadecimal digits."""
    return secrets.token_hex(32)


def edit_link_deadline() -> datetime:
    """Return the time when a new link to the design editor expires."""
    return timezone.now() + timedelta(seconds=settings.EDIT_LINK_LIFETIME_SECONDS)


class MerchQuerySet(models.QuerySet["Merch"]):
    """Queries for merch."""

    def on_sale(self) -> Self:
        """Return the items for sale, sold-out ones included, in the storefront's order."""
        return self.filter(
            status=MerchStatus.ACTIVE, is_active=True, creator__status=CreatorStatus.ACTIVE
        ).order_by("sort_order", "id")


class Merch(models.Model):
    """One merch item of a creator; ``product`` and ``variant_ids`` are ids of the catalog."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    creator = models.ForeignKey(Creator, on_delete=models.CASCADE, related_name="merch")
    title = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    product = models.CharField(max_length=64)
    variant_ids = models.JSONField(default=list)
    design_image_url = models.TextField(blank=True)
    konva_metadata = models.JSONField(null=True, blank=True)  # the design editor defines it
    stock_limit = models.PositiveIntegerField(null=True, blank=True)  # null: unlimited
    stock_sold = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=16, choices=MerchStatus, default=MerchStatus.ACTIVE)
    is_active = models.BooleanField(default=True)
    sort_order = models.IntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MerchQuerySet.as_manager()

    class Meta:
        ordering = ("sort_order", "-id")
        verbose_name_plural = "merch"
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=MerchStatus.values), name="merch_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(stock_sold__gte=0)
                & (Q(stock_limit__isnull=True) | Q(stock_sold__lte=F("stock_limit"))),
                name="stock_sold_is_within_its_limit",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def stock_remaining(self) -> int | None:
        """The number of remaining pieces, or ``None`` if there is no limit."""
        return None if self.stock_limit is None else self.stock_limit - self.stock_sold

    @property
    def is_on_sale(self) -> bool:
        """Whether the item is offered; a sold-out item may be on sale too."""
        active = self.is_active and self.status == MerchStatus.ACTIVE
        return active and self.creator.status == CreatorStatus.ACTIVE

    @property
    def is_sold_out(self) -> bool:
        """Whether no piece of a limited edition remains."""
        return self.stock_remaining == 0

    @property
    def catalog_product(self) -> Product:
        """The item's product; raise ``LookupError`` if the catalog no longer has it."""
        product = product_by_slug(self.product)
        if product is None:
            raise LookupError(self.product)
        return product

    @property
    def variants(self) -> Sequence[Variant]:
        """The item's variants, in the catalog's order."""
        return [each for each in variants_of(self.catalog_product) if each.id in self.variant_ids]

    def variant(self, variant_id: str) -> Variant | None:
        """Return the item's variant with this id, if it has one."""
        return next((each for each in self.variants if each.id == variant_id), None)


class EditSession(models.Model):
    """One link to the design editor; it ends with the first save."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.CharField(max_length=64, default=new_edit_token, unique=True, editable=False)
    merch = models.ForeignKey(Merch, on_delete=models.CASCADE, related_name="edit_sessions")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(default=edit_link_deadline)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def editor_url(self) -> str:
        """The URL of the design editor."""
        return f"{settings.SANDBOX_URL}/en/merch/{self.merch.product}/{self.token}"
