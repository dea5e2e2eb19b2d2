"""What partners send and get back about creators; as the vendor has it, outside of `data`."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from printora_sandbox.creators import Stats
from printora_sandbox.models import Creator, CreatorStatus

from .fields import Amount, CheckedUrl, Instant, Reply, Text, Words, either
from .paging import Pagination

Slug = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class CreatorFields(BaseModel):
    """What may be said of a creator, and may be null."""

    email: Text | None = Field(default=None, max_length=254)
    description: Text | None = Field(default=None, max_length=5000)
    logo_url: CheckedUrl | None = Field(
        default=None, validation_alias=either("logoUrl", "logo_url")
    )


class CreatorBody(CreatorFields):
    """The body of "Create Creator"; without a slug one is made of the name."""

    name: Words
    slug: Slug | None = None


class CreatorChanges(CreatorFields):
    """The body of "Update Creator": what is left out stays, null empties a field."""

    name: Words = Field(default_factory=str)
    slug: Slug = Field(default_factory=str)


class StatusBody(BaseModel):
    """The body of "Set Creator Status"."""

    status: CreatorStatus


class CreatorView(Reply):
    """A creator."""

    id: UUID
    name: str
    slug: str
    email: str | None
    description: str | None
    logo_url: str | None
    status: str
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, creator: Creator) -> Self:
        """Show a creator to its partner."""
        return cls(
            id=creator.uuid,
            name=creator.name,
            slug=creator.slug,
            email=creator.email or None,
            description=creator.description or None,
            logo_url=creator.logo_url or None,
            status=creator.status,
            created_at=creator.created_at,
            updated_at=creator.updated_at,
        )


class CreatorReply(Reply):
    """One creator."""

    success: Literal[True] = True
    creator: CreatorView


class CreatorPage(Reply):
    """One page of creators, newest first."""

    success: Literal[True] = True
    creators: list[CreatorView]
    pagination: Pagination


class Done(Reply):
    """A deletion that worked."""

    success: Literal[True] = True
    message: str


class TopMerchRow(Reply):
    """How well an item sells; `revenue` is that of its paid orders."""

    merch_id: UUID
    title: str
    quantity: int
    revenue: Amount


class StatsView(Reply):
    """What a creator has sold; `totalRevenue` adds up what is paid."""

    creator_id: UUID
    total_orders: int
    total_revenue: Amount
    orders_by_status: dict[str, int]
    top_merch: list[TopMerchRow]

    @classmethod
    def of(cls, creator: Creator, stats: Stats) -> Self:
        """Show what a creator has sold."""
        return cls(
            creator_id=creator.uuid,
            total_orders=stats.orders,
            total_revenue=stats.revenue,
            orders_by_status=stats.orders_by_status,
            top_merch=[TopMerchRow.model_validate(row) for row in stats.top_merch],
        )


class StatsReply(Reply):
    """A creator's numbers."""

    success: Literal[True] = True
    stats: StatsView
