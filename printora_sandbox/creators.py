"""What happens to a creator: made, changed, deleted, and what it has sold."""

import secrets
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, DecimalField, F, Sum
from django.utils.text import slugify

from .models import Creator, Order, OrderItem, OrderStatus, PaymentStatus, Session
from .partners import Partner

_TOP_MERCH = 5
_SLUG_STEM = 200  # characters, with room for what tells two of a name apart


class SlugTakenError(Exception):
    """Another creator of this partner has the slug."""


@dataclass(frozen=True, kw_only=True)
class TopMerch:
    """One of a creator's best selling items; ``revenue`` is that of its paid orders."""

    merch_id: str
    title: str
    quantity: int
    revenue: Decimal


@dataclass(frozen=True, kw_only=True)
class Stats:
    """What a creator has sold; ``revenue`` adds up the orders that are paid."""

    orders: int
    revenue: Decimal
    orders_by_status: dict[str, int]
    top_merch: list[TopMerch]


def create_creator(*, partner: Partner, name: str, slug: str = "", **fields: Any) -> Creator:  # noqa: ANN401  (columns)
    """Save a creator; without a slug, one is made of the name. Raises ``SlugTakenError``."""
    wanted = slug or _free_slug(partner, name)
    try:
        with transaction.atomic():
            return Creator.objects.create(partner=partner.id, name=name, slug=wanted, **fields)
    except IntegrityError as error:
        raise SlugTakenError(wanted) from error


def update_creator(creator: Creator, **changes: Any) -> Creator:  # noqa: ANN401  (columns)
    """Change what is given; raise ``SlugTakenError``."""
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
    """Delete a creator with its merch, and close the links that lead to it; its orders stay."""
    Session.objects.filter(creator=creator).close_links()
    creator.delete()


def stats_of(creator: Creator) -> Stats:
    """Count what a creator has sold, in three queries."""
    orders = Order.objects.filter(creator=creator)
    counted = dict(orders.order_by().values_list("status").annotate(Count("pk")))
    paid = orders.filter(payment_status=PaymentStatus.PAID)
    money = paid.aggregate(items=Sum("items_amount"), shipping=Sum("shipping_amount"))
    return Stats(
        orders=sum(counted.values()),
        revenue=(money["items"] or Decimal(0)) + (money["shipping"] or Decimal(0)),
        orders_by_status={status: counted.get(status, 0) for status in OrderStatus.values},
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
        .order_by("-sold", "merch__title")[:_TOP_MERCH]
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
    """Return a slug that nobody has: the name's own, or that with a random end."""
    stem = slugify(name)[:_SLUG_STEM].strip("-_") or "creator"
    if not Creator.objects.filter(partner=partner.id, slug=stem).exists():
        return stem
    return f"{stem}-{secrets.token_hex(4)}"
