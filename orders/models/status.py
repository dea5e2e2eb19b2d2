"""Name the stages of an order."""

from datetime import datetime
from typing import TypedDict

from django.db import models


class Status(models.TextChoices):
    """Name the stages of an order, in Printora's words."""

    PENDING = "pending", "Pending"
    PAID = "paid", "Paid"
    PROCESSING = "processing", "Processing"
    SHIPPED = "shipped", "Shipped"
    DELIVERED = "delivered", "Delivered"
    CANCELLED = "cancelled", "Cancelled"


class Step(TypedDict):
    """Describe one step of an order's way, for bars and timelines."""

    key: str
    label: str
    at: datetime | None
    state: str  # done, current or todo
