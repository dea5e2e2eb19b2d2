"""What happens to a merch item: made, changed, deleted; the rules that its fields keep."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction

from .catalog import product_by_slug, variants_of
from .models import Creator, EditSession, Merch, Session


class UnknownProductError(Exception):
    """The catalog has no such product."""


class VariantsError(Exception):
    """These variants are not all of the item's product; the message names the odd ones."""


class StockLimitError(Exception):
    """More pieces are sold than the limit would allow; the message says how many."""


@transaction.atomic
def create_merch(*, creator: Creator, **fields: Any) -> tuple[Merch, EditSession]:  # noqa: ANN401  (columns)
    """Save an item and its first design-editor link.

    Raises ``UnknownProductError`` and ``VariantsError``.
    """
    _check_variants(fields["product"], fields["variant_ids"])
    merch = Merch.objects.create(creator=creator, **fields)
    return merch, open_editor(merch)


def update_merch(merch: Merch, **changes: Any) -> Merch:  # noqa: ANN401  (columns)
    """Change what is given; raise as ``create_merch`` does, and ``StockLimitError``."""
    for name, value in changes.items():
        setattr(merch, name, value)
    if changes.keys() & {"product", "variant_ids"}:
        _check_variants(merch.product, merch.variant_ids)
    try:
        with transaction.atomic():
            merch.save(update_fields=(*changes, "updated_at"))
    except IntegrityError as error:  # the database knows best what is sold by now
        merch.refresh_from_db()
        text = f"{merch.stock_sold} units are sold already"
        raise StockLimitError(text) from error
    return merch


@transaction.atomic
def delete_merch(merch: Merch) -> None:
    """Delete an item and close the links that lead to it; its orders stay."""
    Session.objects.filter(merch=merch).close_links()
    merch.delete()


def open_editor(merch: Merch) -> EditSession:
    """Make a fresh link to the design editor: it works once, for a day."""
    return EditSession.objects.create(merch=merch)


def _check_variants(product_id: str, variant_ids: Collection[str]) -> None:
    product = product_by_slug(product_id)
    if product is None:
        raise UnknownProductError(product_id)
    known = {variant.id for variant in variants_of(product)}
    if not known.issuperset(variant_ids):
        raise VariantsError(f"Some variants do not belong to {product.name}")
