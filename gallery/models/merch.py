"""Our copy of the creators' merch, so that no page waits for Printora."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from printora_integration.client.resources.sessions import MAX_QUANTITY

CURRENCY = "USD"  # Printora's catalog names none, and its orders come in dollars


@dataclass(frozen=True)
class Variant:
    """One way to buy an item; what Printora did not send is "" or None."""

    id: str
    color: str = ""
    color_code: str = ""  # #RRGGBB
    size: str = ""
    price: Decimal | None = None

    @property
    def name(self) -> str:
        """Return colour and size for people to read."""
        return ", ".join(part for part in (self.color, self.size) if part) or "One kind"


class MerchItemQuerySet(models.QuerySet["MerchItem"]):
    """The queries for merch."""

    def for_sale(self) -> "MerchItemQuerySet":
        """Return the items that the creators' pages show, sold out or not."""
        return self.filter(is_active=True, status=MerchItem.Status.ACTIVE)

    def for_sale_by_active_creators(self) -> "MerchItemQuerySet":
        """Return the items for sale whose creators are active at Printora."""
        return self.for_sale().filter(creator__printora_status="active")


class MerchItem(models.Model):
    """One product with a creator's picture on it, as Printora last described it."""

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        INACTIVE = "inactive", "Inactive"
        ARCHIVED = "archived", "Archived"

    creator = models.ForeignKey("gallery.Creator", on_delete=models.CASCADE, related_name="merch")
    artwork = models.ForeignKey(
        "gallery.Artwork",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="merch",
        help_text="The picture on it, if it is one of ours.",
    )
    printora_id = models.CharField(max_length=128, unique=True)
    title = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=32, choices=Status, default=Status.ACTIVE)
    is_active = models.BooleanField(default=True)
    sort_order = models.IntegerField(default=0)
    product_id = models.CharField(max_length=128, blank=True)
    product_name = models.CharField(max_length=255, blank=True)
    picture_url = models.TextField(blank=True)
    variant_data = models.JSONField(default=list, blank=True)
    stock_limit = models.PositiveIntegerField(null=True, blank=True, help_text="None is no limit.")
    stock_sold = models.PositiveIntegerField(default=0)
    refreshed_at = models.DateTimeField(default=timezone.now)
    # The link to the design editor works once, within a day. It is a credential: staff only.
    editor_url = models.TextField(blank=True, editable=False)
    editor_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    editor_opened_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MerchItemQuerySet.as_manager()

    class Meta:
        ordering = ("sort_order", "pk")
        permissions = (("manage_merch", "Can manage creators and their merch at Printora"),)
        indexes = (models.Index(fields=["creator", "sort_order"], name="merch_by_creator"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the item's own page."""
        return reverse("gallery:merch", args=[self.creator.slug, self.pk])

    @property
    def variants(self) -> list[Variant]:
        """Return the ways to buy it."""
        return [_variant(data) for data in self.variant_data]

    @property
    def prices(self) -> list[Decimal]:
        """Return the lowest and the highest price, one where they are the same, or none."""
        known = sorted({each.price for each in self.variants if each.price is not None})
        return known if len(known) < 2 else [known[0], known[-1]]

    @property
    def colours(self) -> list[Variant]:
        """Return the first variant of each colour."""
        return list({each.color: each for each in reversed(self.variants)}.values())[::-1]

    @property
    def sizes(self) -> list[str]:
        """Return the sizes, in Printora's order."""
        return list(dict.fromkeys(each.size for each in self.variants))

    @property
    def shown_url(self) -> str:
        """Return the picture for our own pages: our small copy of it, else Printora's address."""
        return self.artwork.preview_url if self.artwork else self.picture_url

    @property
    def is_for_sale(self) -> bool:
        """Return whether the creator's page shows the item."""
        return self.is_active and self.status == self.Status.ACTIVE

    @property
    def stock_left(self) -> int | None:
        """Return how many are left; None without a limit."""
        return None if self.stock_limit is None else max(self.stock_limit - self.stock_sold, 0)

    @property
    def is_sold_out(self) -> bool:
        """Return whether none are left."""
        return self.stock_left == 0

    @property
    def max_quantity(self) -> int:
        """Return how many one order may hold."""
        left = self.stock_left
        return MAX_QUANTITY if left is None else min(left, MAX_QUANTITY)

    @property
    def has_editor_link(self) -> bool:
        """Return whether the link to the design editor should still work."""
        is_current = self.editor_expires_at is None or self.editor_expires_at > timezone.now()
        return bool(self.editor_url) and is_current and self.editor_opened_at is None

    def variant(self, *, color: str, size: str) -> Variant | None:
        """Return the variant of this colour and size, or None."""
        matches = (each for each in self.variants if (each.color, each.size) == (color, size))
        return next(matches, None)

    def deactivate(self) -> None:
        """Stop selling the item here: Printora no longer has it."""
        self.is_active = False
        self.save(update_fields=["is_active"])

    @property
    def sale_status(self) -> str:
        """Return whether the item is for sale, for people to read."""
        if self.is_for_sale:
            return "for sale"
        return "archived" if self.status == self.Status.ARCHIVED else "not for sale"

    def set_editor_link(self, url: str, expires_at: datetime | None) -> None:
        """Save a new link to the design editor."""
        self.editor_url, self.editor_expires_at, self.editor_opened_at = url, expires_at, None
        self.save(update_fields=["editor_url", "editor_expires_at", "editor_opened_at"])


def _variant(data: dict[str, Any]) -> Variant:
    price = data.get("price")
    return Variant(**data | {"price": None if price is None else Decimal(price)})
