"""What is sold, as Printora's API returns it: products, creators and their merch.

As lenient as `schemas/api.py`: what is invalid and not needed is None.
"""

from enum import StrEnum
from typing import Any

from pydantic import Field, JsonValue, StrictBool, StrictStr, model_validator

from vendor_kit.fields import (
    Amount,
    APIModel,
    Color,
    Lenient,
    OpaqueId,
    Pagination,
    Quantity,
    ShortText,
    SortOrder,
    TextList,
    Timestamp,
)


class CreatorStatus(StrEnum):
    """The states of a creator."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    SUSPENDED = "suspended"


class MerchStatus(StrEnum):
    """The states of a merch item."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    ARCHIVED = "archived"


class Variant(APIModel):
    """One way to buy a product."""

    id: OpaqueId
    color: Lenient[StrictStr] = None
    color_code: Lenient[Color] = None  # #RRGGBB
    size: Lenient[StrictStr] = None
    end_price: Lenient[Amount] = None


class Product(APIModel):
    """A product that Printora prints on."""

    id: OpaqueId
    name: Lenient[StrictStr] = None
    category: Lenient[StrictStr] = None
    description: Lenient[StrictStr] = None
    thumbnail: Lenient[StrictStr] = None
    images: TextList = ()
    variants: tuple[Variant, ...] = ()


class ProductPage(APIModel):
    """One page of products; pages count from 1."""

    products: tuple[Product, ...]
    total: Lenient[Quantity] = None
    page: Lenient[Quantity] = None
    limit: Lenient[Quantity] = None
    total_pages: Lenient[Quantity] = None


class Creator(APIModel):
    """A creator whose merch is sold."""

    id: OpaqueId
    name: Lenient[StrictStr] = None
    slug: Lenient[StrictStr] = None
    email: Lenient[StrictStr] = None
    description: Lenient[StrictStr] = None
    logo_url: Lenient[StrictStr] = None
    status: Lenient[ShortText] = None  # a CreatorStatus, or newer
    created_at: Lenient[Timestamp] = None
    updated_at: Lenient[Timestamp] = None


class CreatorPage(APIModel):
    """One page of creators."""

    creators: tuple[Creator, ...]
    pagination: Pagination = Pagination()

    @property
    def rows(self) -> tuple[Creator, ...]:
        """Return the creators."""
        return self.creators


class CreatorStats(APIModel):
    """The sales of a creator."""

    creator_id: Lenient[OpaqueId] = None
    total_orders: Lenient[Quantity] = None
    total_revenue: Lenient[Amount] = None
    orders_by_status: Lenient[dict[str, Quantity]] = None
    top_merch: Lenient[tuple[dict[str, JsonValue], ...]] = None


class Merch(APIModel):
    """A merch item: a product with a creator's picture on it."""

    id: OpaqueId
    creator_id: Lenient[OpaqueId] = None
    title: Lenient[StrictStr] = None
    description: Lenient[StrictStr] = None
    status: Lenient[ShortText] = None  # a MerchStatus, or newer
    is_active: Lenient[StrictBool] = None
    sort_order: Lenient[SortOrder] = None
    product_id: Lenient[OpaqueId] = None
    product: Lenient[Product] = None
    variants: Lenient[tuple[Variant, ...]] = None
    design_image_url: Lenient[StrictStr] = None
    has_design: Lenient[StrictBool] = None
    konva_metadata: Lenient[dict[str, JsonValue]] = None  # the design editor's own
    stock_limit: Lenient[Quantity] = None  # None is unlimited
    stock_sold: Lenient[Quantity] = None
    stock_remaining: Lenient[Quantity] = None
    is_limited_edition: Lenient[StrictBool] = None
    created_at: Lenient[Timestamp] = None
    updated_at: Lenient[Timestamp] = None


class MerchPage(APIModel):
    """One page of a creator's merch."""

    merch: tuple[Merch, ...]
    pagination: Pagination = Pagination()

    @property
    def rows(self) -> tuple[Merch, ...]:
        """Return the items."""
        return self.merch


class EditSession(APIModel):
    """A link to the design editor: it works once, for 24 hours."""

    session_id: OpaqueId
    editor_url: StrictStr = Field(repr=False)
    token: Lenient[StrictStr] = Field(default=None, repr=False)
    expires_at: Lenient[Timestamp] = None


class CreatedMerch(APIModel):
    """A new merch item and the link to its design editor."""

    merch: Merch
    edit_session: EditSession | None = None

    @model_validator(mode="before")
    @classmethod
    def _edit_session_beside_merch(cls, record: Any) -> Any:  # noqa: ANN401 -- any JSON
        """Find the link within the item too."""
        merch = record.get("merch") if isinstance(record, dict) else None
        if not isinstance(merch, dict):
            return record
        return {name: merch.get(name) for name in ("editSession", "edit_session")} | record


class MerchEditor(APIModel):
    """The item that the design editor opens with; its link works for one save within 24 hours."""

    merch: Merch
    creator: Lenient[Creator] = None
    session_id: Lenient[OpaqueId] = None
    expires_at: Lenient[Timestamp] = None
