"""Merch in requests and responses; the vendor puts it beside `success`, not in `data`."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from printora_sandbox.api.fields import (
    WHOLE_NUMBER,
    APIModel,
    CheckedUrl,
    Instant,
    NonBlankText,
    Text,
    camel_or_snake,
)
from printora_sandbox.api.pagination import Pagination
from printora_sandbox.catalog import PRODUCTS, Product, variants_of
from printora_sandbox.models import EditSession, Merch, MerchStatus

from .catalog import CatalogVariant, image_urls

MAX_STOCK = 999_999
_MAX_VARIANTS = 200
_MAX_SORT_ORDER = 1_000_000

VariantIds = Annotated[list[Text], Field(min_length=1, max_length=_MAX_VARIANTS)]
Stock = Annotated[int, Field(ge=0, le=MAX_STOCK), WHOLE_NUMBER]
SortOrder = Annotated[int, Field(ge=-_MAX_SORT_ORDER, le=_MAX_SORT_ORDER), WHOLE_NUMBER]


def _product_variants_schema(product: Product) -> dict[str, Any]:
    """Return the JSON Schema of a product's variants, for the OpenAPI document."""
    ids = [variant.id for variant in variants_of(product)]
    return {
        "properties": {
            "productId": {"enum": [product.slug]},
            "variantIds": {"items": {"enum": ids}},
        }
    }


class MerchFields(BaseModel):
    """The nullable fields of an item."""

    description: Text | None = Field(default=None, max_length=5000)
    design_image_url: CheckedUrl | None = Field(
        default=None, validation_alias=camel_or_snake("designImageUrl", "design_image_url")
    )
    stock_limit: Stock | None = Field(
        default=None, validation_alias=camel_or_snake("stockLimit", "stock_limit")
    )


class MerchBody(MerchFields):
    """The body of "Create Merch"."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [_product_variants_schema(product) for product in PRODUCTS]}
    )

    title: NonBlankText
    product: Text = Field(max_length=64, validation_alias=camel_or_snake("productId", "product_id"))
    variant_ids: VariantIds = Field(validation_alias=camel_or_snake("variantIds", "variant_ids"))


class MerchUpdateBody(MerchFields):
    """The body of "Update Merch"; a missing field stays, null empties a field."""

    title: NonBlankText = Field(default_factory=str)
    product: Text = Field(
        default_factory=str,
        max_length=64,
        validation_alias=camel_or_snake("productId", "product_id"),
    )
    variant_ids: VariantIds = Field(
        default_factory=list, validation_alias=camel_or_snake("variantIds", "variant_ids")
    )
    status: MerchStatus = Field(default_factory=lambda: MerchStatus.ACTIVE)
    is_active: StrictBool = Field(
        default_factory=bool, validation_alias=camel_or_snake("isActive", "is_active")
    )
    sort_order: SortOrder = Field(
        default_factory=int, validation_alias=camel_or_snake("sortOrder", "sort_order")
    )


class MerchProduct(APIModel):
    """The product of an item."""

    id: str
    name: str
    category: str
    description: str
    thumbnail: str
    images: list[str]

    @classmethod
    def of(cls, product: Product) -> Self:
        """Return the data of a product; the item lists its own variants."""
        images = image_urls(product)
        return cls(
            id=product.slug,
            name=product.name,
            category=product.category,
            description=product.description,
            thumbnail=images[0],
            images=images,
        )


class MerchData(APIModel):
    """An item; `stockLimit` and `stockRemaining` are null if there is no limit."""

    id: UUID
    creator_id: UUID
    title: str
    description: str | None
    status: str
    is_active: bool
    sort_order: int
    product_id: str
    variant_ids: list[str]
    product: MerchProduct
    variants: list[CatalogVariant]
    design_image_url: str | None
    has_design: bool
    konva_metadata: dict[str, Any] | None
    stock_limit: int | None
    stock_sold: int
    stock_remaining: int | None
    is_limited_edition: bool
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, merch: Merch) -> Self:
        """Return the data of an item; its creator must be loaded."""
        return cls(
            id=merch.uuid,
            creator_id=merch.creator.uuid,
            title=merch.title,
            description=merch.description or None,
            status=merch.status,
            is_active=merch.is_active,
            sort_order=merch.sort_order,
            product_id=merch.product,
            variant_ids=merch.variant_ids,
            product=MerchProduct.of(merch.catalog_product),
            variants=[CatalogVariant.of(variant) for variant in merch.variants],
            design_image_url=merch.design_image_url or None,
            has_design=bool(merch.design_image_url or merch.konva_metadata),
            konva_metadata=merch.konva_metadata,
            stock_limit=merch.stock_limit,
            stock_sold=merch.stock_sold,
            stock_remaining=merch.stock_remaining,
            is_limited_edition=merch.stock_limit is not None,
            created_at=merch.created_at,
            updated_at=merch.updated_at,
        )


class EditSessionData(APIModel):
    """An edit session: a link to the design editor for one save."""

    session_id: UUID
    token: str
    editor_url: str
    expires_at: Instant

    @classmethod
    def of(cls, session: EditSession) -> Self:
        """Return the data of an edit session; its item must be loaded."""
        return cls(
            session_id=session.uuid,
            token=session.token,
            editor_url=session.editor_url,
            expires_at=session.expires_at,
        )


class MerchResponse(APIModel):
    """One item."""

    success: Literal[True] = True
    merch: MerchData


class MerchCreated(MerchResponse):
    """A new item and its first edit session."""

    edit_session: EditSessionData


class MerchPage(APIModel):
    """One page of a creator's items, in the storefront's order."""

    success: Literal[True] = True
    merch: list[MerchData]
    pagination: Pagination


class EditSessionResponse(APIModel):
    """A new edit session."""

    success: Literal[True] = True
    edit_session: EditSessionData
