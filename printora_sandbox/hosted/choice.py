"""What the visitor of flow A has chosen so far, carried in the query and in hidden fields."""

from collections.abc import Mapping
from urllib.parse import urlencode

from printora_sandbox.catalog import PRODUCTS, Product, Size, Variant, product_by_slug
from printora_sandbox.checkout import Choice
from printora_sandbox.placement import Placement

QUANTITY_MAX = 100


def read_choice(data: Mapping[str, str]) -> Choice:
    """Return the choice in a query, with the first option wherever it names none."""
    product = product_by_slug(data.get("product", "")) or PRODUCTS[0]
    colour = next((c for c in product.colours if c.slug == data.get("colour")), product.colours[0])
    size = next((s for s in product.sizes if s.slug == data.get("size")), _usual_size(product))
    variant = Variant(product=product, colour=colour, size=size)
    return Choice(
        variant=variant,
        quantity=read_quantity(data.get("quantity", "")),
        placement=Placement.read(data).nudged(data.get("nudge", "")),
    )


def read_exact_choice(data: Mapping[str, str]) -> Choice | None:
    """Return the choice only if every part of it was given and exists: an order guesses nothing.

    Only the picture's placement may be missing: then it is as it was at first.
    """
    choice = read_choice(data)
    return choice if is_exact(choice, data) else None


def is_exact(choice: Choice, data: Mapping[str, str]) -> bool:
    """Return whether the choice is just what was asked for, with nothing made up."""
    return all(data.get(name) == value for name, value in _goods(choice).items())


def fields_of(choice: Choice) -> dict[str, str]:
    """Return the choice as form fields; an item's design says itself where its picture sits."""
    if choice.merch:
        return _goods(choice) | {"merch": str(choice.merch.uuid)}
    return _goods(choice) | choice.placement.fields()


def _goods(choice: Choice) -> dict[str, str]:
    return {
        "product": choice.variant.product.slug,
        "colour": choice.variant.colour.slug,
        "size": choice.variant.size.slug,
        "quantity": str(choice.quantity),
    }


def query_of(choice: Choice) -> str:
    """Return the choice as a query string."""
    return urlencode(fields_of(choice))


def _usual_size(product: Product) -> Size:
    return product.sizes[len(product.sizes) // 2]


def read_quantity(text: str) -> int:
    """Return a number of pieces within bounds, and one for what is no number."""
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        return 1
    return min(max(int(text), 1), QUANTITY_MAX)
