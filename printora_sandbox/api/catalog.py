"""``/catalog/products``: what can be printed on."""

# ruff: noqa: ARG001  (the framework finds the request by its name)

from typing import Self

from django.conf import settings
from django.urls import reverse
from ninja import Query, Router
from pydantic import BaseModel, Field

from printora_sandbox.catalog import Product, Variant, find_products, variants_of

from .auth import API_KEY
from .fields import Amount, Envelope, Reply, Text
from .request import PartnerRequest
from .responses import REFUSALS

# Beyond any catalog, and within what a slice can count to.
_PAGE_MAX = 1_000_000

router = Router(tags=["Product catalog"], by_alias=True, auth=API_KEY)


class ProductQuery(BaseModel):
    """Which products are wanted."""

    page: int = Field(default=1, ge=1, le=_PAGE_MAX)
    limit: int = Field(default=20, ge=1, le=100)
    category: Text = Field(default="", max_length=120)
    search: Text = Field(default="", max_length=120)


class CatalogVariant(Reply):
    """One colour and size of a product; ``color_code`` is ``#RRGGBB``."""

    id: str
    color: str
    color_code: str
    size: str
    end_price: Amount

    @classmethod
    def of(cls, variant: Variant) -> Self:
        """Show a variant."""
        return cls(
            id=variant.id,
            color=variant.colour.name,
            color_code=variant.colour.code,
            size=variant.size.name,
            end_price=variant.size.price,
        )


class CatalogProduct(Reply):
    """A product, its pictures and everything it comes in."""

    id: str
    name: str
    category: str
    description: str
    thumbnail: str
    images: list[str]
    variants: list[CatalogVariant]

    @classmethod
    def of(cls, product: Product) -> Self:
        """Show a product; there is one picture for each colour."""
        images = image_urls(product)
        return cls(
            id=product.slug,
            name=product.name,
            category=product.category,
            description=product.description,
            thumbnail=images[0],
            images=images,
            variants=[CatalogVariant.of(variant) for variant in variants_of(product)],
        )


class ProductPage(Reply):
    """One page of products."""

    products: list[CatalogProduct]
    total: int
    page: int
    limit: int
    total_pages: int


@router.get(
    "/catalog/products",
    summary="List Products",
    response={200: Envelope[ProductPage], **REFUSALS},
)
def list_products(request: PartnerRequest, page: Query[ProductQuery]) -> Envelope[ProductPage]:
    """Return products by category and by words in their name, category or description."""
    found = find_products(category=page.category, search=page.search)
    start = (page.page - 1) * page.limit
    data = ProductPage(
        products=[CatalogProduct.of(product) for product in found[start : start + page.limit]],
        total=len(found),
        page=page.page,
        limit=page.limit,
        total_pages=-(-len(found) // page.limit),
    )
    return Envelope(data=data)


def image_urls(product: Product) -> list[str]:
    """Return the addresses of a product's pictures, one for each colour."""
    paths = [reverse("mockup", args=[product.slug, colour.slug]) for colour in product.colours]
    return [settings.SANDBOX_URL + path for path in paths]
