"""Creators in requests and responses; the vendor puts them beside `success`, not in `data`."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from printora_sandbox.api.fields import (
    Amount,
    APIModel,
    CheckedUrl,
    Instant,
    NonBlankText,
    Text,
    camel_or_snake,
)
from printora_sandbox.api.pagination import Pagination
from printora_sandbox.merch.creators import CreatorStats
from printora_sandbox.models import Creator, CreatorStatus

Slug = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class CreatorFields(BaseModel):
    """The nullable fields of a creator."""

    email: Text | None = Field(default=None, max_length=254)
    description: Text | None = Field(default=None, max_length=5000)
    logo_url: CheckedUrl | None = Field(
        default=None, validation_alias=camel_or_snake("logoUrl", "logo_url")
    )


class CreatorBody(CreatorFields):
    """The body of "Create Creator"; the default slug comes from the name."""

    name: NonBlankText
    slug: Slug | None = None


class CreatorUpdateBody(CreatorFields):
    """The body of "Update Creator"; a missing field stays, null empties a field."""

    name: NonBlankText = Field(default_factory=str)
    slug: Slug = Field(default_factory=str)


class StatusBody(BaseModel):
    """The body of "Set Creator Status"."""

    status: CreatorStatus


class CreatorData(APIModel):
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
        """Return the data of a creator."""
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


class CreatorResponse(APIModel):
    """One creator."""

    success: Literal[True] = True
    creator: CreatorData


class CreatorPage(APIModel):
    """One page of creators, newest first."""

    success: Literal[True] = True
    creators: list[CreatorData]
    pagination: Pagination


class DeletedResponse(APIModel):
    """The response to a deletion."""

    success: Literal[True] = True
    message: str


class TopMerchRow(APIModel):
    """The sales of an item; `revenue` counts its paid orders."""

    merch_id: UUID
    title: str
    quantity: int
    revenue: Amount


class StatsData(APIModel):
    """The sales of a creator; `totalRevenue` counts the paid orders."""

    creator_id: UUID
    total_orders: int
    total_revenue: Amount
    orders_by_status: dict[str, int]
    top_merch: list[TopMerchRow]

    @classmethod
    def of(cls, creator: Creator, stats: CreatorStats) -> Self:
        """Return the data of a creator's sales."""
        return cls(
            creator_id=creator.uuid,
            total_orders=stats.orders,
            total_revenue=stats.revenue,
            orders_by_status=stats.orders_by_status,
            top_merch=[TopMerchRow.model_validate(row) for row in stats.top_merch],
        )


class StatsResponse(APIModel):
    """The statistics of a creator."""

    success: Literal[True] = True
    stats: StatsData
