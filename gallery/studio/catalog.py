"""Read Printora's catalog for the studio; it changes seldom, so a few minutes' memory will do."""

from django.core.cache import cache

from printora_integration.merch import get_merch_client
from printora_integration.merch.schemas import Product

_MEMORY = 300  # seconds
_KEY = "studio.catalog"


def products() -> list[Product]:
    """Return all that Printora prints on. Raises a PrintoraError."""
    known: list[Product] | None = cache.get(_KEY)
    if known is None:
        known = list(get_merch_client().catalog.iterate())
        cache.set(_KEY, known, _MEMORY)
    return known


def product(product_id: str) -> Product | None:
    """Return one product, or None. Raises a PrintoraError."""
    return next((each for each in products() if each.id == product_id), None)


def found(words: str) -> list[Product]:
    """Return the products whose name, category or description has all of these words."""
    wanted = words.casefold().split()
    return [each for each in products() if all(word in _text(each) for word in wanted)]


def _text(product: Product) -> str:
    parts = (product.name, product.category, product.description)
    return " ".join(part for part in parts if part).casefold()
