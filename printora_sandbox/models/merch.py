"""Merch: a product with a creator's picture on it, and the links that open its design editor."""

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

EDIT_TOKEN = re.compile("[0-9a-f]{64}")


class MerchStatus(models.TextChoices):
    """Whether an item is on the shelf; the vendor's words."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    ARCHIVED = "archived"


def new_edit_token() -> str:
    """Return 64 hexadecimal digits that nobody can guess."""
    return secrets.token_hex(32)


def edit_deadline() -> datetime:
    """Return when a design-editor link made now stops working."""
    return timezone.now() + timedelta(seconds=settings.EDIT_LINK_LIFETIME_SECONDS)


class MerchQuerySet(models.QuerySet["Merch"]):
    """Queries about merch."""

    def on_sale(self) -> Self:
        """Keep what a visitor may buy, in the shelf's order; sold out items are among it."""
        return self.filter(
            status=MerchStatus.ACTIVE, is_active=True, creator__status=CreatorStatus.ACTIVE
        ).order_by("sort_order", "id")


class Merch(models.Model):
    """One item of a creator's shelf. ``product`` and ``variant_ids`` are the catalog's ids."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    creator = models.ForeignKey(Creator, on_delete=models.CASCADE, related_name="merch")
    title = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    product = models.CharField(max_length=64)
    variant_ids = models.JSONField(default=list)
    design_image_url = models.TextField(blank=True)
    konva_metadata = models.JSONField(null=True, blank=True)  # the design editor's own
    stock_limit = models.PositiveIntegerField(null=True, blank=True)  # none: unlimited
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
        """How many pieces are left, or none where there is no limit."""
        return None if self.stock_limit is None else self.stock_limit - self.stock_sold

    @property
    def is_on_sale(self) -> bool:
        """Whether its creator offers it; it may be sold out all the same."""
        offered = self.is_active and self.status == MerchStatus.ACTIVE
        return offered and self.creator.status == CreatorStatus.ACTIVE

    @property
    def is_sold_out(self) -> bool:
        """Whether nothing is left of a limited edition."""
        return self.stock_remaining == 0

    @property
    def catalog_product(self) -> Product:
        """What it is printed on; raise ``LookupError`` for what the catalog no longer has."""
        product = product_by_slug(self.product)
        if product is None:
            raise LookupError(self.product)
        return product

    @property
    def variants(self) -> Sequence[Variant]:
        """The colours and sizes it is offered in, in the catalog's order."""
        return [each for each in variants_of(self.catalog_product) if each.id in self.variant_ids]

    def variant(self, variant_id: str) -> Variant | None:
        """Return one of its variants, if it is offered in this one."""
        return next((each for each in self.variants if each.id == variant_id), None)


class EditSession(models.Model):
    """One link to the design editor: the first save uses it up."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.CharField(max_length=64, default=new_edit_token, unique=True, editable=False)
    merch = models.ForeignKey(Merch, on_delete=models.CASCADE, related_name="edit_sessions")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(default=edit_deadline)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def editor_url(self) -> str:
        """The address of the design editor."""
        return f"{settings.SANDBOX_URL}/en/merch/{self.merch.product}/{self.token}"
