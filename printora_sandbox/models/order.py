"""Orders, their items and their states."""

import secrets
import uuid
from datetime import datetime
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from .creator import Creator
from .merch import Merch
from .session import Session


class OrderStatus(models.TextChoices):
    """The vendor's states of an order."""

    PENDING = "pending"
    PAID = "paid"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class PaymentStatus(models.TextChoices):
    """The states of a payment."""

    PENDING = "pending"
    PAID = "paid"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


class PaymentMethod(models.TextChoices):
    """The payment providers that the payment page pretends to use."""

    CARD = "stripe", "Card"
    CRYPTO = "nowpayments", "Crypto"


def new_payment_token() -> str:
    """Return the random token in the URL of a payment page."""
    return secrets.token_hex(32)


class OrderQuerySet(models.QuerySet["Order"]):
    """Queries for orders."""

    def of_partner(self, partner_id: str) -> Self:
        """Return the orders of this partner's sessions."""
        return self.filter(session__partner=partner_id)

    def unpaid_past_deadline(self, now: datetime) -> Self:
        """Return the unpaid orders that reserve merch although their session has expired."""
        return self.filter(
            status=OrderStatus.PENDING, session__expires_at__lte=now, items__merch__isnull=False
        ).distinct()


class Order(models.Model):
    """The order of a session; amounts are in ``currency``, with two decimals."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="order")
    creator = models.ForeignKey(
        Creator, null=True, blank=True, on_delete=models.SET_NULL, related_name="orders"
    )
    payment_token = models.CharField(max_length=64, default=new_payment_token, unique=True)
    status = models.CharField(
        max_length=16, choices=OrderStatus, default=OrderStatus.PENDING, db_index=True
    )
    payment_status = models.CharField(
        max_length=16, choices=PaymentStatus, default=PaymentStatus.PENDING
    )
    payment_method = models.CharField(max_length=16, choices=PaymentMethod, blank=True)
    currency = models.CharField(max_length=3, default="USD")
    items_amount = models.DecimalField(max_digits=10, decimal_places=2)
    shipping_amount = models.DecimalField(max_digits=10, decimal_places=2)

    email = models.EmailField()
    phone = models.CharField(max_length=32, blank=True)
    first_name = models.CharField(max_length=120)
    last_name = models.CharField(max_length=120)
    street = models.CharField(max_length=200)
    apartment = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=120)
    state = models.CharField(max_length=120, blank=True)
    zip_code = models.CharField(max_length=16)
    country = models.CharField(max_length=2)

    carrier = models.CharField(max_length=64, blank=True)
    tracking_number = models.CharField(max_length=128, blank=True)
    tracking_url = models.TextField(blank=True)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=OrderStatus.values), name="order_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(items_amount__gte=0, shipping_amount__gte=0),
                name="order_amounts_are_not_negative",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The order number for people: ``PRT-2026-000123``."""
        return f"PRT-{self.created_at:%Y}-{self.pk:06d}"

    @property
    def total_amount(self) -> Decimal:
        """The price of the items and their shipping."""
        return self.items_amount + self.shipping_amount

    @property
    def payment_url(self) -> str:
        """The URL of the payment page."""
        return f"{settings.SANDBOX_URL}{reverse('payment', args=[self.payment_token])}"


class OrderItem(models.Model):
    """One line of an order; ``price`` is for one piece."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    merch = models.ForeignKey(
        Merch, null=True, blank=True, on_delete=models.SET_NULL, related_name="order_items"
    )
    product = models.CharField(max_length=64)
    product_name = models.CharField(max_length=120)
    variant = models.CharField(max_length=120)
    quantity = models.PositiveIntegerField()
    price = models.DecimalField(max_digits=10, decimal_places=2)
    image_url = models.TextField(blank=True)
    placement = models.JSONField(default=dict)  # the fields that differ from the default Placement

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(quantity__gte=1), name="item_quantity_is_positive"),
        )

    def __str__(self) -> str:
        return f"{self.quantity} x {self.product_name}"

    @property
    def amount(self) -> Decimal:
        """The price of the whole line."""
        return self.price * self.quantity
