"""Keep our copy of the creators' merch, so that no page waits for Printora."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

CURRENCY = "USD"  # Printora's catalog names none, and its orders come in dollars
MOST_AT_ONCE = 100  # of one item: Printora's own bound


@dataclass(frozen=True)
class Variant:
    """One way to buy an item; what Printora did not say is "" or None."""

    id: str
    color: str = ""
    color_code: str = ""  # #RRGGBB
    size: str = ""
    price: Decimal | None = None

    @property
    def name(self) -> str:
        """Return colour and size in words."""
        return ", ".join(part for part in (self.color, self.size) if part) or "One kind"


class MerchItemQuerySet(models.QuerySet["MerchItem"]):
    """Ask for merch in the words of the shelf and the studio."""

    def for_sale(self) -> "MerchItemQuerySet":
        """Return what the shelf shows, sold out or not."""
        return self.filter(is_active=True, status=MerchItem.Status.ACTIVE)

    def on_open_shelves(self) -> "MerchItemQuerySet":
        """Return what is for sale of creators who sell."""
        return self.for_sale().filter(creator__printora_status="active")


class MerchItem(models.Model):
    """One product with a creator's picture on it, as Printora last told us of it."""

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
        help_text="The picture on it, when it is one of ours.",
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
    variants_told = models.JSONField(default=list, blank=True)
    stock_limit = models.PositiveIntegerField(null=True, blank=True, help_text="None is no limit.")
    stock_sold = models.PositiveIntegerField(default=0)
    refreshed_at = models.DateTimeField(default=timezone.now)
    # The link to the design editor: it works once, for a day. Staff only; it is a credential.
    editor_url = models.TextField(blank=True, editable=False)
    editor_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    editor_opened_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MerchItemQuerySet.as_manager()

    class Meta:
        ordering = ("sort_order", "pk")
        indexes = (models.Index(fields=["creator", "sort_order"], name="merch_on_its_shelf"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the item's own page."""
        return reverse("gallery:merch", args=[self.creator.slug, self.pk])

    @property
    def variants(self) -> list[Variant]:
        """Return the ways to buy it."""
        return [_variant(told) for told in self.variants_told]

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
        """Return the picture for our own pages: a small one of ours, else Printora's."""
        return self.artwork.preview_url if self.artwork else self.picture_url

    @property
    def is_for_sale(self) -> bool:
        """Tell whether the shelf shows it."""
        return self.is_active and self.status == self.Status.ACTIVE

    @property
    def stock_left(self) -> int | None:
        """Return how many are left; None without a limit."""
        return None if self.stock_limit is None else max(self.stock_limit - self.stock_sold, 0)

    @property
    def is_sold_out(self) -> bool:
        """Tell whether none are left."""
        return self.stock_left == 0

    @property
    def most_at_once(self) -> int:
        """Return how many one order may hold."""
        left = self.stock_left
        return MOST_AT_ONCE if left is None else min(left, MOST_AT_ONCE)

    @property
    def editor_is_open(self) -> bool:
        """Tell whether the link to the design editor should still work."""
        fresh = self.editor_expires_at is None or self.editor_expires_at > timezone.now()
        return bool(self.editor_url) and fresh and self.editor_opened_at is None

    def variant(self, *, color: str, size: str) -> Variant | None:
        """Return the variant of this colour and size, or None."""
        return _first(each for each in self.variants if (each.color, each.size) == (color, size))

    def take_off(self) -> None:
        """Sell it no longer: Printora does not know it any more."""
        self.is_active = False
        self.save(update_fields=["is_active"])

    @property
    def state_in_words(self) -> str:
        """Say where it stands."""
        if self.is_for_sale:
            return "on the shelf"
        return "archived" if self.status == self.Status.ARCHIVED else "off the shelf"

    def keep_editor_link(self, url: str, expires_at: datetime | None) -> None:
        """Keep a fresh link to the design editor."""
        self.editor_url, self.editor_expires_at, self.editor_opened_at = url, expires_at, None
        self.save(update_fields=["editor_url", "editor_expires_at", "editor_opened_at"])


def _variant(told: dict[str, Any]) -> Variant:
    price = told.get("price")
    return Variant(**told | {"price": None if price is None else Decimal(price)})


def _first(variants: Iterable[Variant]) -> Variant | None:
    return next(iter(variants), None)
