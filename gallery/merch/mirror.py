"""Bring our copy of creators and merch into line with Printora."""

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

_TOLD = ["printora_id", "printora_status", "bio"]


@dataclass(frozen=True)
class Refreshed:
    """Say how much there is now."""

    creators: int
    merch: int


def refresh_all(client: MerchClient, *, budget: float = math.inf) -> Refreshed:
    """Read every creator and their merch from Printora; forget what it no longer has.

    Stops after `budget` seconds; the next time begins with those whose turn did not come. Raises a
    PrintoraError; what was read until then stays. Printora: "Creators", "Merch".
    """
    deadline = time.monotonic() + budget
    creators = refresh_creators(client)
    never = datetime.min.replace(tzinfo=UTC)
    count = 0
    for creator in sorted(creators, key=lambda each: each.refreshed_at or never):
        if time.monotonic() > deadline:
            break
        count += refresh_merch(creator, client)
    return Refreshed(len(creators), count)


def refresh_creators(client: MerchClient) -> list[Creator]:
    """Read every creator from Printora, but not their merch; return those that it has."""
    # Who is made known while the list is being read is not on it, and not gone.
    known = set(Creator.objects.exclude(printora_id=None).values_list("pk", flat=True))
    creators = [keep_creator(told) for told in client.creators.iterate()]
    for creator in Creator.objects.filter(pk__in=known - {each.pk for each in creators}):
        forget_creator(creator)
    return creators


def refresh_merch(creator: Creator, client: MerchClient) -> int:
    """Read one creator's merch from Printora; return how many items there are."""
    if not creator.printora_id:
        return 0
    known = set(creator.merch.values_list("pk", flat=True))  # as with the creators
    items = [keep_merch(creator, told) for told in client.merch.iterate(creator.printora_id)]
    creator.merch.filter(pk__in=known - {item.pk for item in items}).delete()
    creator.refreshed_at = timezone.now()
    creator.save(update_fields=["refreshed_at"])
    return len(items)


def refresh_item(item: MerchItem, client: MerchClient) -> MerchItem:
    """Read one item from Printora again, and return it as it is now."""
    told = client.merch.get(item.creator.printora_id or "", item.printora_id)
    return keep_merch(item.creator, told)


def keep_creator(told: schemas.Creator, *, creator: Creator | None = None) -> Creator:
    """Keep what Printora says of a creator; ours is found by id, then by slug, else made."""
    ours = creator or _known(told) or Creator(slug=_free_slug(told), name=told.name or told.id)
    ours.printora_id = told.id
    ours.printora_status = told.status or ""
    if not ours.bio:
        ours.bio = told.description or ""
    # Only what Printora knows: the rest may be changed by someone else at this moment.
    ours.save(update_fields=_TOLD if ours.pk else None)
    return ours


def forget_creator(creator: Creator) -> None:
    """Forget that Printora had this creator; the pictures stay on the wall."""
    with transaction.atomic():
        creator.merch.all().delete()
        creator.printora_id = None
        creator.printora_status = ""
        creator.save()


def keep_merch(creator: Creator, told: schemas.Merch) -> MerchItem:
    """Keep what Printora says of an item, and return it."""
    item, _made = MerchItem.objects.update_or_create(
        printora_id=told.id, defaults={"creator": creator} | _facts(told)
    )
    return item


def _facts(told: schemas.Merch) -> dict[str, Any]:
    product = told.product
    status = told.status or MerchItem.Status.ACTIVE
    return {
        "title": (told.title or "Untitled")[:255],
        "description": told.description or "",
        "status": status[:32],
        # Some replies tell of the status alone.
        "is_active": status == MerchItem.Status.ACTIVE
        if told.is_active is None
        else told.is_active,
        "sort_order": told.sort_order or 0,
        "product_id": told.product_id or (product.id if product else ""),
        "product_name": ((product and product.name) or "")[:255],
        "artwork": artwork_at(told.design_image_url or ""),
        "picture_url": told.design_image_url or (product and product.thumbnail) or "",
        "variants_told": [_variant(each) for each in told.variants or ()],
        "stock_limit": told.stock_limit,
        "stock_sold": told.stock_sold or 0,
        "refreshed_at": timezone.now(),
    }


def artwork_at(url: str) -> Artwork | None:
    """Return the artwork whose print master an address is, or None."""
    folder = urljoin(f"{settings.APP_URL}/", f"{settings.STATIC_URL}art/")
    # With hashed names it is `slug.4f2a….jpg`; a slug holds no dot.
    slug = url.removeprefix(folder).partition(".")[0] if url.startswith(folder) else ""
    return Artwork.objects.filter(slug=slug).first() if slug else None


def _variant(told: schemas.Variant) -> dict[str, Any]:
    return {
        "id": told.id,
        "color": told.color or "",
        "color_code": told.color_code or "",
        "size": told.size or "",
        "price": None if told.end_price is None else str(told.end_price),
    }


def _known(told: schemas.Creator) -> Creator | None:
    mine = Creator.objects.filter(printora_id=told.id).first()
    if mine is None and told.slug:
        mine = Creator.objects.filter(slug=told.slug, printora_id=None).first()
    return mine


def _free_slug(told: schemas.Creator) -> str:
    wanted = (slugify(told.slug or told.name or "") or "creator")[:60]
    if not Creator.objects.filter(slug=wanted).exists():
        return wanted
    return f"{wanted}-{slugify(told.id)[:16]}"
