"""Model what is sold, as Printora's API replies it: products, creators and their merch.

As lenient as `schemas.py`: what is odd and not needed is None.
"""

from enum import StrEnum
from typing import Any

from pydantic import Field, JsonValue, StrictBool, StrictStr, model_validator

from .wire import (
    Amount,
    Color,
    Moment,
    OpaqueId,
    OrOdd,
    Pagination,
    Place,
    Quantity,
    ShortText,
    Texts,
    Wire,
)


class CreatorStatus(StrEnum):
    """Name the states of a creator."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    SUSPENDED = "suspended"


class MerchStatus(StrEnum):
    """Name the states of a merch item."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    ARCHIVED = "archived"


class Variant(Wire):
    """Hold one way to buy a product."""

    id: OpaqueId
    color: OrOdd[StrictStr] = None
    color_code: OrOdd[Color] = None  # #RRGGBB
    size: OrOdd[StrictStr] = None
    end_price: OrOdd[Amount] = None


class Product(Wire):
    """Hold what Printora prints on."""

    id: OpaqueId
    name: OrOdd[StrictStr] = None
    category: OrOdd[StrictStr] = None
    description: OrOdd[StrictStr] = None
    thumbnail: OrOdd[StrictStr] = None
    images: Texts = ()
    variants: tuple[Variant, ...] = ()


class ProductPage(Wire):
    """Hold one page of products; pages count from 1."""

    products: tuple[Product, ...]
    total: OrOdd[Quantity] = None
    page: OrOdd[Quantity] = None
    limit: OrOdd[Quantity] = None
    total_pages: OrOdd[Quantity] = None


class Creator(Wire):
    """Hold a creator whose merch is sold."""

    id: OpaqueId
    name: OrOdd[StrictStr] = None
    slug: OrOdd[StrictStr] = None
    email: OrOdd[StrictStr] = None
    description: OrOdd[StrictStr] = None
    logo_url: OrOdd[StrictStr] = None
    status: OrOdd[ShortText] = None  # a CreatorStatus, or newer
    created_at: OrOdd[Moment] = None
    updated_at: OrOdd[Moment] = None


class CreatorPage(Wire):
    """Hold one page of creators."""

    creators: tuple[Creator, ...]
    pagination: Pagination = Pagination()


class CreatorStats(Wire):
    """Hold what a creator has sold."""

    creator_id: OrOdd[OpaqueId] = None
    total_orders: OrOdd[Quantity] = None
    total_revenue: OrOdd[Amount] = None
    orders_by_status: OrOdd[dict[str, Quantity]] = None
    top_merch: OrOdd[tuple[dict[str, JsonValue], ...]] = None


class Merch(Wire):
    """Hold a merch item: a product with a creator's picture on it."""

    id: OpaqueId
    creator_id: OrOdd[OpaqueId] = None
    title: OrOdd[StrictStr] = None
    description: OrOdd[StrictStr] = None
    status: OrOdd[ShortText] = None  # a MerchStatus, or newer
    is_active: OrOdd[StrictBool] = None
    sort_order: OrOdd[Place] = None
    product_id: OrOdd[OpaqueId] = None
    product: OrOdd[Product] = None
    variants: OrOdd[tuple[Variant, ...]] = None
    design_image_url: OrOdd[StrictStr] = None
    has_design: OrOdd[StrictBool] = None
    konva_metadata: OrOdd[dict[str, JsonValue]] = None  # the design editor's own
    stock_limit: OrOdd[Quantity] = None  # None is unlimited
    stock_sold: OrOdd[Quantity] = None
    stock_remaining: OrOdd[Quantity] = None
    is_limited_edition: OrOdd[StrictBool] = None
    created_at: OrOdd[Moment] = None
    updated_at: OrOdd[Moment] = None


class MerchPage(Wire):
    """Hold one page of a creator's merch."""

    merch: tuple[Merch, ...]
    pagination: Pagination = Pagination()


class EditSession(Wire):
    """Hold a link to the design editor: it works once, for 24 hours."""

    session_id: OpaqueId
    editor_url: StrictStr = Field(repr=False)
    token: OrOdd[StrictStr] = Field(default=None, repr=False)
    expires_at: OrOdd[Moment] = None


class CreatedMerch(Wire):
    """Hold a new merch item and the link to its design editor."""

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


class MerchEditor(Wire):
    """Hold what the design editor opens with; it works until its first save, for 24 hours."""

    merch: Merch
    creator: OrOdd[Creator] = None
    session_id: OrOdd[OpaqueId] = None
    expires_at: OrOdd[Moment] = None
