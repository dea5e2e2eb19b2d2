"""The visitor's choice in flow A: read from the query, and written to hidden fields."""

from collections.abc import Mapping
from urllib.parse import urlencode

from printora_sandbox.catalog import PRODUCTS, Product, Size, Variant, product_by_slug
from printora_sandbox.orders.checkout import Choice
from printora_sandbox.placement import Placement

MAX_QUANTITY = 100


def read_choice(data: Mapping[str, str]) -> Choice:
    """Return the choice in a query; a missing or unknown part gets its default."""
    product = product_by_slug(data.get("product", "")) or PRODUCTS[0]
    colour = next((c for c in product.colours if c.slug == data.get("colour")), product.colours[0])
    size = next((s for s in product.sizes if s.slug == data.get("size")), _default_size(product))
    variant = Variant(product=product, colour=colour, size=size)
    return Choice(
        variant=variant,
        quantity=read_quantity(data.get("quantity", "")),
        placement=Placement.from_form(data).nudged(data.get("nudge", "")),
    )


def read_complete_choice(data: Mapping[str, str]) -> Choice | None:
    """Return the choice only if every part of it was given and exists: an order has no defaults.

    Only the placement may be missing; then it is the default placement.
    """
    choice = read_choice(data)
    return choice if is_complete(choice, data) else None


def is_complete(choice: Choice, data: Mapping[str, str]) -> bool:
    """Return whether the data contains every part of the choice, so that no part is a default."""
    return all(data.get(name) == value for name, value in _variant_fields(choice).items())


def choice_fields(choice: Choice) -> dict[str, str]:
    """Return the choice as form fields; the placement of a merch item is part of its design."""
    if choice.merch:
        return _variant_fields(choice) | {"merch": str(choice.merch.uuid)}
    return _variant_fields(choice) | choice.placement.fields()


def choice_query(choice: Choice) -> str:
    """Return the choice as a query string."""
    return urlencode(choice_fields(choice))


def read_quantity(text: str) -> int:
    """Return a quantity within bounds; any other text means one piece."""
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        return 1
    return min(max(int(text), 1), MAX_QUANTITY)


def _variant_fields(choice: Choice) -> dict[str, str]:
    return {
        "product": choice.variant.product.slug,
        "colour": choice.variant.colour.slug,
        "size": choice.variant.size.slug,
        "quantity": str(choice.quantity),
    }


def _default_size(product: Product) -> Size:
    return product.sizes[len(product.sizes) // 2]
