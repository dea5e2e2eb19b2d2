"""Orders in the API's responses, field by field as the vendor documents them."""

from typing import Self
from uuid import UUID

from printora_sandbox.api.fields import Amount, APIModel, Instant
from printora_sandbox.api.pagination import Pagination
from printora_sandbox.models import Order


class OrderSummary(APIModel):
    """An order in a list: without customer, address and tracking."""

    id: UUID
    order_number: str
    status: str
    total_amount: Amount
    currency: str
    source: str = "partner"
    partnership_history_id: UUID
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, order: Order) -> Self:
        """Return the data of an order; its session must be loaded."""
        return cls(
            id=order.uuid,
            order_number=order.number,
            status=order.status,
            total_amount=order.total_amount,
            currency=order.currency,
            partnership_history_id=order.session.uuid,
            created_at=order.created_at,
            updated_at=order.updated_at,
        )


class OrderPage(APIModel):
    """One page of orders."""

    orders: list[OrderSummary]
    pagination: Pagination
