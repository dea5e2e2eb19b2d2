"""What partners send and get back about merch; as the vendor has it, outside of `data`."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from printora_sandbox.catalog import PRODUCTS, Product, variants_of
from printora_sandbox.models import EditSession, Merch, MerchStatus

from .catalog import CatalogVariant, image_urls
from .fields import WHOLE, CheckedUrl, Instant, Reply, Text, Words, either
from .paging import Pagination

STOCK_MAX = 999_999
_VARIANTS_MAX = 200
_SORT_MAX = 1_000_000

VariantIds = Annotated[list[Text], Field(min_length=1, max_length=_VARIANTS_MAX)]
Stock = Annotated[int, Field(ge=0, le=STOCK_MAX), WHOLE]
SortOrder = Annotated[int, Field(ge=-_SORT_MAX, le=_SORT_MAX), WHOLE]


def _belonging(product: Product) -> dict[str, Any]:
    """Say for readers of the OpenAPI document which variants go with a product."""
    ids = [variant.id for variant in variants_of(product)]
    return {
        "properties": {
            "productId": {"enum": [product.slug]},
            "variantIds": {"items": {"enum": ids}},
        }
    }


class MerchFields(BaseModel):
    """What may be said of an item, and may be null."""

    description: Text | None = Field(default=None, max_length=5000)
    design_image_url: CheckedUrl | None = Field(
        default=None, validation_alias=either("designImageUrl", "design_image_url")
    )
    stock_limit: Stock | None = Field(
        default=None, validation_alias=either("stockLimit", "stock_limit")
    )


class MerchBody(MerchFields):
    """The body of "Create Merch"."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [_belonging(product) for product in PRODUCTS]}
    )

    title: Words
    product: Text = Field(max_length=64, validation_alias=either("productId", "product_id"))
    variant_ids: VariantIds = Field(validation_alias=either("variantIds", "variant_ids"))


class MerchChanges(MerchFields):
    """The body of "Update Merch": what is left out stays, null empties a field."""

    title: Words = Field(default_factory=str)
    product: Text = Field(
        default_factory=str, max_length=64, validation_alias=either("productId", "product_id")
    )
    variant_ids: VariantIds = Field(
        default_factory=list, validation_alias=either("variantIds", "variant_ids")
    )
    status: MerchStatus = Field(default_factory=lambda: MerchStatus.ACTIVE)
    is_active: StrictBool = Field(
        default_factory=bool, validation_alias=either("isActive", "is_active")
    )
    sort_order: SortOrder = Field(
        default_factory=int, validation_alias=either("sortOrder", "sort_order")
    )


class MerchProduct(Reply):
    """What an item is printed on."""

    id: str
    name: str
    category: str
    description: str
    thumbnail: str
    images: list[str]

    @classmethod
    def of(cls, product: Product) -> Self:
        """Show a product; the item lists its own variants."""
        images = image_urls(product)
        return cls(
            id=product.slug,
            name=product.name,
            category=product.category,
            description=product.description,
            thumbnail=images[0],
            images=images,
        )


class MerchView(Reply):
    """An item; `stockLimit` and `stockRemaining` are null where there is no limit."""

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
        """Show an item; its creator must be loaded."""
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


class EditSessionView(Reply):
    """A link to the design editor: good for one save."""

    session_id: UUID
    token: str
    editor_url: str
    expires_at: Instant

    @classmethod
    def of(cls, session: EditSession) -> Self:
        """Show a link; its item must be loaded."""
        return cls(
            session_id=session.uuid,
            token=session.token,
            editor_url=session.editor_url,
            expires_at=session.expires_at,
        )


class MerchReply(Reply):
    """One item."""

    success: Literal[True] = True
    merch: MerchView


class MerchCreated(MerchReply):
    """A new item, and the link to its design editor."""

    edit_session: EditSessionView


class MerchPage(Reply):
    """One page of a creator's items, in the shelf's order."""

    success: Literal[True] = True
    merch: list[MerchView]
    pagination: Pagination


class EditSessionReply(Reply):
    """A fresh link to the design editor."""

    success: Literal[True] = True
    edit_session: EditSessionView
