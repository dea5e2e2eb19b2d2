"""Creators: create, update and delete them, and count their sales."""

import secrets
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, DecimalField, F, Sum
from django.utils.text import slugify

from printora_sandbox.models import Creator, Order, OrderItem, OrderStatus, PaymentStatus, Session
from printora_sandbox.partners import Partner

_TOP_MERCH_LIMIT = 5
_MAX_SLUG_STEM = 200  # characters; the rest is for a random end


class SlugTakenError(Exception):
    """A slug that another creator of this partner has."""


@dataclass(frozen=True, kw_only=True)
class TopMerch:
    """One of a creator's best-selling items; ``revenue`` counts its paid orders."""

    merch_id: str
    title: str
    quantity: int
    revenue: Decimal


@dataclass(frozen=True, kw_only=True)
class CreatorStats:
    """A creator's sales; ``revenue`` counts the paid orders."""

    orders: int
    revenue: Decimal
    orders_by_status: dict[str, int]
    top_merch: list[TopMerch]


def create_creator(*, partner: Partner, name: str, slug: str = "", **fields: Any) -> Creator:  # noqa: ANN401  (columns)
    """Create a creator; the default slug comes from the name. Raises ``SlugTakenError``."""
    slug = slug or _free_slug(partner, name)
    try:
        with transaction.atomic():
            return Creator.objects.create(partner=partner.id, name=name, slug=slug, **fields)
    except IntegrityError as error:
        raise SlugTakenError(slug) from error


def update_creator(creator: Creator, **changes: Any) -> Creator:  # noqa: ANN401  (columns)
    """Change the given fields; raise ``SlugTakenError``."""
    for name, value in changes.items():
        setattr(creator, name, value)
    try:
        with transaction.atomic():
            creator.save(update_fields=(*changes, "updated_at"))
    except IntegrityError as error:
        raise SlugTakenError(creator.slug) from error
    return creator


@transaction.atomic
def delete_creator(creator: Creator) -> None:
    """Delete a creator and its merch, and cancel its open sessions; its orders stay."""
    Session.objects.filter(creator=creator).cancel_open()
    creator.delete()


def creator_stats(creator: Creator) -> CreatorStats:
    """Return a creator's sales, in three queries."""
    orders = Order.objects.filter(creator=creator)
    counts = dict(orders.order_by().values_list("status").annotate(Count("pk")))
    paid = orders.filter(payment_status=PaymentStatus.PAID)
    money = paid.aggregate(items=Sum("items_amount"), shipping=Sum("shipping_amount"))
    return CreatorStats(
        orders=sum(counts.values()),
        revenue=(money["items"] or Decimal(0)) + (money["shipping"] or Decimal(0)),
        orders_by_status={status: counts.get(status, 0) for status in OrderStatus.values},
        top_merch=_top_merch(creator),
    )


def _top_merch(creator: Creator) -> list[TopMerch]:
    lines = OrderItem.objects.filter(
        order__creator=creator, order__payment_status=PaymentStatus.PAID, merch__isnull=False
    )
    revenue = Sum(F("price") * F("quantity"), output_field=DecimalField())
    rows = (
        lines.order_by()
        .values("merch__uuid", "merch__title")
        .annotate(sold=Sum("quantity"), revenue=revenue)
        .order_by("-sold", "merch__title")[:_TOP_MERCH_LIMIT]
    )
    return [
        TopMerch(
            merch_id=str(row["merch__uuid"]),
            title=row["merch__title"],
            quantity=row["sold"],
            revenue=row["revenue"],
        )
        for row in rows
    ]


def _free_slug(partner: Partner, name: str) -> str:
    """Return an unused slug: the name's own, or the same with a random end."""
    stem = slugify(name)[:_MAX_SLUG_STEM].strip("-_") or "creator"
    if not Creator.objects.filter(partner=partner.id, slug=stem).exists():
        return stem
    return f"{stem}-{secrets.token_hex(4)}"
