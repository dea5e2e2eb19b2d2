"""The product catalog's query and responses, as the vendor documents them."""

from typing import Self

from django.conf import settings
from django.urls import reverse
from pydantic import BaseModel, Field

from printora_sandbox.api.fields import Amount, APIModel, Text
from printora_sandbox.catalog import Product, Variant, variants_of

# Larger than any catalog, and small enough for a slice.
_MAX_PAGE = 1_000_000


class ProductQuery(BaseModel):
    """The page and the filters of a product list."""

    page: int = Field(default=1, ge=1, le=_MAX_PAGE)
    limit: int = Field(default=20, ge=1, le=100)
    category: Text = Field(default="", max_length=120)
    search: Text = Field(default="", max_length=120)


class CatalogVariant(APIModel):
    """One colour and size of a product; ``color_code`` is ``#RRGGBB``."""

    id: str
    color: str
    color_code: str
    size: str
    end_price: Amount

    @classmethod
    def of(cls, variant: Variant) -> Self:
        """Return the data of a variant."""
        return cls(
            id=variant.id,
            color=variant.colour.name,
            color_code=variant.colour.code,
            size=variant.size.name,
            end_price=variant.size.price,
        )


class CatalogProduct(APIModel):
    """A product with its pictures and variants."""

    id: str
    name: str
    category: str
    description: str
    thumbnail: str
    images: list[str]
    variants: list[CatalogVariant]

    @classmethod
    def of(cls, product: Product) -> Self:
        """Return the data of a product; it has one picture for each colour."""
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


class ProductPage(APIModel):
    """One page of products."""

    products: list[CatalogProduct]
    total: int
    page: int
    limit: int
    total_pages: int


def image_urls(product: Product) -> list[str]:
    """Return the URLs of a product's pictures, one for each colour."""
    paths = [reverse("mockup", args=[product.slug, colour.slug]) for colour in product.colours]
    return [settings.SANDBOX_URL + path for path in paths]
