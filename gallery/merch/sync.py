"""Sync our copy of creators and merch from Printora."""

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from gallery.models import Artwork, Creator, MerchItem
from printora_integration.merch import MerchClient, schemas

_SYNCED_FIELDS = ["printora_id", "printora_status", "bio"]


@dataclass(frozen=True)
class SyncResult:
    """The number of creators, and of the items that were read."""

    creators: int
    merch: int


def sync_all(client: MerchClient, *, budget: float = math.inf) -> SyncResult:
    """Read every creator and their merch from Printora; delete what Printora no longer has.

    Stops after `budget` seconds; the next run begins with the creators that were left out. Raises a
    PrintoraError; what was read before it stays. Printora: "Creators", "Merch".
    """
    deadline = time.monotonic() + budget
    creators = sync_creators(client)
    never = datetime.min.replace(tzinfo=UTC)
    count = 0
    for creator in sorted(creators, key=lambda each: each.refreshed_at or never):
        if time.monotonic() > deadline:
            break
        count += sync_merch(creator, client)
    return SyncResult(len(creators), count)


def sync_creators(client: MerchClient) -> list[Creator]:
    """Read every creator from Printora, but not their merch; return the creators that it has."""
    # A creator that is connected while the list is being read is not on it, and not gone.
    known = set(Creator.objects.exclude(printora_id=None).values_list("pk", flat=True))
    creators = [save_creator(record) for record in client.creators.iterate()]
    for creator in Creator.objects.filter(pk__in=known - {each.pk for each in creators}):
        disconnect_creator(creator)
    return creators


def sync_merch(creator: Creator, client: MerchClient) -> int:
    """Read one creator's merch from Printora; return how many items there are."""
    if not creator.printora_id:
        return 0
    known = set(creator.merch.values_list("pk", flat=True))  # as with the creators
    items = [save_item(creator, record) for record in client.merch.iterate(creator.printora_id)]
    creator.merch.filter(pk__in=known - {item.pk for item in items}).delete()
    creator.refreshed_at = timezone.now()
    creator.save(update_fields=["refreshed_at"])
    return len(items)


def sync_item(item: MerchItem, client: MerchClient) -> MerchItem:
    """Read one item from Printora again, and return it as it is now."""
    record = client.merch.get(item.creator.printora_id or "", item.printora_id)
    return save_item(item.creator, record)


def save_creator(record: schemas.Creator, *, creator: Creator | None = None) -> Creator:
    """Save Printora's record of a creator in `creator`, or in the row with its id or slug.

    Without such a row, a new one is made.
    """
    row = creator or _find_creator(record) or _new_creator(record)
    row.printora_id = record.id
    row.printora_status = record.status or ""
    if not row.bio:
        row.bio = record.description or ""
    # Only what Printora knows: another request may change the rest at this moment.
    row.save(update_fields=_SYNCED_FIELDS if row.pk else None)
    return row


def disconnect_creator(creator: Creator) -> None:
    """Remove what Printora had of this creator; the pictures stay in the gallery."""
    with transaction.atomic():
        creator.merch.all().delete()
        creator.printora_id = None
        creator.printora_status = ""
        creator.save()


def save_item(creator: Creator, record: schemas.Merch) -> MerchItem:
    """Save Printora's record of an item, and return our row of it."""
    item, _is_new = MerchItem.objects.update_or_create(
        printora_id=record.id, defaults={"creator": creator} | _item_fields(record)
    )
    return item


def _item_fields(record: schemas.Merch) -> dict[str, Any]:
    product = record.product
    status = record.status or MerchItem.Status.ACTIVE
    return {
        "title": (record.title or "Untitled")[:255],
        "description": record.description or "",
        "status": status[:32],
        # Some responses have the status alone.
        "is_active": status == MerchItem.Status.ACTIVE
        if record.is_active is None
        else record.is_active,
        "sort_order": record.sort_order or 0,
        "product_id": record.product_id or (product.id if product else ""),
        "product_name": ((product and product.name) or "")[:255],
        "artwork": find_artwork(record.design_image_url or ""),
        "picture_url": record.design_image_url or (product and product.thumbnail) or "",
        "variant_data": [_variant_data(each) for each in record.variants or ()],
        "stock_limit": record.stock_limit,
        "stock_sold": record.stock_sold or 0,
        "refreshed_at": timezone.now(),
    }


def find_artwork(url: str) -> Artwork | None:
    """Return the artwork whose print master has this address, or None."""
    folder = urljoin(f"{settings.APP_URL}/", f"{settings.STATIC_URL}art/")
    # With hashed names the file is `slug.4f2a….jpg`; a slug holds no dot.
    slug = url.removeprefix(folder).partition(".")[0] if url.startswith(folder) else ""
    return Artwork.objects.filter(slug=slug).first() if slug else None


def _variant_data(record: schemas.Variant) -> dict[str, Any]:
    return {
        "id": record.id,
        "color": record.color or "",
        "color_code": record.color_code or "",
        "size": record.size or "",
        "price": None if record.end_price is None else str(record.end_price),
    }


def _find_creator(record: schemas.Creator) -> Creator | None:
    row = Creator.objects.filter(printora_id=record.id).first()
    if row is None and record.slug:
        row = Creator.objects.filter(slug=record.slug, printora_id=None).first()
    return row


def _new_creator(record: schemas.Creator) -> Creator:
    slug = (slugify(record.slug or record.name or "") or "creator")[:60]
    if Creator.objects.filter(slug=slug).exists():
        slug = f"{slug}-{slugify(record.id)[:16]}"
    return Creator(slug=slug, name=record.name or record.id)
