"""Merch items: create, update and delete them, and check their fields."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction

from printora_sandbox.catalog import product_by_slug, variants_of
from printora_sandbox.models import Creator, EditSession, Merch, Session


class UnknownProductError(Exception):
    """A product that is not in the catalog."""


class VariantsError(Exception):
    """Variants that do not all belong to the item's product; the message names the product."""


class StockLimitError(Exception):
    """A limit below the number of sold pieces; the message has that number."""


@transaction.atomic
def create_merch(*, creator: Creator, **fields: Any) -> tuple[Merch, EditSession]:  # noqa: ANN401  (columns)
    """Create an item and its first edit session.

    Raises ``UnknownProductError`` and ``VariantsError``.
    """
    _check_variants(fields["product"], fields["variant_ids"])
    merch = Merch.objects.create(creator=creator, **fields)
    return merch, create_edit_session(merch)


def update_merch(merch: Merch, **changes: Any) -> Merch:  # noqa: ANN401  (columns)
    """Change the given fields; raise as ``create_merch`` does, and ``StockLimitError``."""
    for name, value in changes.items():
        setattr(merch, name, value)
    if changes.keys() & {"product", "variant_ids"}:
        _check_variants(merch.product, merch.variant_ids)
    try:
        with transaction.atomic():
            merch.save(update_fields=(*changes, "updated_at"))
    except IntegrityError as error:  # the database counts what was sold meanwhile
        merch.refresh_from_db()
        text = f"{merch.stock_sold} units are sold already"
        raise StockLimitError(text) from error
    return merch


@transaction.atomic
def delete_merch(merch: Merch) -> None:
    """Delete an item and cancel its open sessions; its orders stay."""
    Session.objects.filter(merch=merch).cancel_open()
    merch.delete()


def create_edit_session(merch: Merch) -> EditSession:
    """Create a link to the design editor: it works once and expires after a day."""
    return EditSession.objects.create(merch=merch)


def _check_variants(product_id: str, variant_ids: Collection[str]) -> None:
    product = product_by_slug(product_id)
    if product is None:
        raise UnknownProductError(product_id)
    known = {variant.id for variant in variants_of(product)}
    if not known.issuperset(variant_ids):
        raise VariantsError(f"Some variants do not belong to {product.name}")
