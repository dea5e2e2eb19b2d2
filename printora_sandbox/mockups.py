"""Mock-ups: a product with a picture printed on it, as the pages draw it."""

from dataclasses import dataclass

from .catalog import Variant, find_variant
from .models import Merch, OrderItem
from .placement import Placement


@dataclass(frozen=True, kw_only=True)
class Mockup:
    """The data of a mock-up template; ``colour_code`` is ``#RRGGBB``."""

    template: str
    colour_code: str
    image_url: str
    placement: Placement


def mockup_of_variant(variant: Variant, *, image_url: str, placement: Placement) -> Mockup:
    """Return the mock-up of a product in this variant's colour."""
    return Mockup(
        template=variant.product.mockup,
        colour_code=variant.colour.code,
        image_url=image_url,
        placement=placement,
    )


def mockup_of_item(item: OrderItem) -> Mockup | None:
    """Return the mock-up of an order's item, or ``None`` if the catalog no longer has it."""
    variant = find_variant(item.product, item.variant)
    if variant is None:
        return None
    placement = Placement.from_form(item.placement)
    return mockup_of_variant(variant, image_url=item.image_url, placement=placement)


def mockup_of_merch(merch: Merch, variant: Variant | None = None) -> Mockup:
    """Return the mock-up of a merch item in this variant's colour, or in its first variant's.

    Raises ``LookupError`` for an item without variants.
    """
    return mockup_of_variant(
        variant or merch.variants[0],
        image_url=merch.design_image_url,
        placement=Placement.from_konva(merch.konva_metadata),
    )
