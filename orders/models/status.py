"""The stages of an order."""

from datetime import datetime
from typing import TypedDict

from django.db import models


class Status(models.TextChoices):
    """The stages of an order, by Printora's names."""

    PENDING = "pending", "Pending"
    PAID = "paid", "Paid"
    PROCESSING = "processing", "Processing"
    SHIPPED = "shipped", "Shipped"
    DELIVERED = "delivered", "Delivered"
    CANCELLED = "cancelled", "Cancelled"


# The only direction that an order moves in.
RANKS = {
    Status.PENDING: 0,
    Status.PAID: 1,
    Status.PROCESSING: 2,
    Status.SHIPPED: 3,
    Status.CANCELLED: 4,
    Status.DELIVERED: 5,
}


class Step(TypedDict):
    """One step from pending to delivered, for bars and timelines."""

    key: str
    label: str
    at: datetime | None
    state: str  # done, current or todo
