"""A product with a picture printed on it, as the pages draw it."""

from dataclasses import dataclass

from .catalog import Variant, variant_named
from .models import Merch, OrderItem
from .placement import Placement


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What a mock-up template is told; ``code`` is the product's colour as ``#RRGGBB``."""

    mockup: str
    code: str
    image_url: str
    placement: Placement


def picture_on(variant: Variant, *, image_url: str, placement: Placement) -> Picture:
    """Return a picture on a product of this colour."""
    return Picture(
        mockup=variant.product.mockup,
        code=variant.colour.code,
        image_url=image_url,
        placement=placement,
    )


def picture_of(item: OrderItem) -> Picture | None:
    """Return what was ordered, unless the catalog no longer has it."""
    variant = variant_named(item.product, item.variant)
    if variant is None:
        return None
    placement = Placement.read(item.placement)
    return picture_on(variant, image_url=item.image_url, placement=placement)


def picture_of_merch(merch: Merch, variant: Variant | None = None) -> Picture:
    """Return a creator's design on its product, in this variant's colour or the first one's.

    Raises ``LookupError`` for an item without variants.
    """
    return picture_on(
        variant or merch.variants[0],
        image_url=merch.design_image_url,
        placement=Placement.of_konva(merch.konva_metadata),
    )
