"""Printora's catalog for the studio: it seldom changes, so it is cached for some minutes."""

from django.core.cache import cache

from printora_integration.merch import get_merch_client
from printora_integration.merch.schemas import Product

_CACHE_SECONDS = 300
_CACHE_KEY = "studio.catalog"


def get_products() -> list[Product]:
    """Return all products that Printora prints on. Raises a PrintoraError."""
    products: list[Product] | None = cache.get(_CACHE_KEY)
    if products is None:
        products = list(get_merch_client().catalog.iterate())
        cache.set(_CACHE_KEY, products, _CACHE_SECONDS)
    return products


def find_product(product_id: str) -> Product | None:
    """Return one product, or None. Raises a PrintoraError."""
    return next((each for each in get_products() if each.id == product_id), None)


def search_products(query: str) -> list[Product]:
    """Return the products with all terms of the query in name, category or description."""
    terms = query.casefold().split()
    return [each for each in get_products() if all(term in _search_text(each) for term in terms)]


def _search_text(product: Product) -> str:
    parts = (product.name, product.category, product.description)
    return " ".join(part for part in parts if part).casefold()
