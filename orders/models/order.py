"""Orders, as far as Printora's events have described them."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from .customer import WITHOUT_CUSTOMER, CustomerMixin
from .flags import HAS_OPEN_FLAGS, FlagsMixin
from .status import Status, Step


class OrderQuerySet(models.QuerySet["Order"]):
    """Queries for orders, as the dashboard and retention need them."""

    def for_dashboard(self) -> "OrderQuerySet":
        """Return orders newest first, without the parts that only an order's own page shows."""
        return self.defer("items", "shipping_address").order_by("-pk")

    def with_open_flags(self) -> "OrderQuerySet":
        """Return the orders with a flag that no member of staff has marked as seen."""
        return self.filter(HAS_OPEN_FLAGS)

    def older_than(self, moment: datetime) -> "OrderQuerySet":
        """Return the orders first seen before this moment that still hold customers' data."""
        return self.filter(first_seen_at__lt=moment, anonymised_at__isnull=True)

    def of_customer(self, email: str) -> "OrderQuerySet":
        """Return the orders of one e-mail address, in any case."""
        email = email.strip()
        return self.filter(Q(customer_email_lower=email.lower()) | Q(customer_email__iexact=email))

    def confirmed(self) -> "OrderQuerySet":
        """Return the orders that were paid and not cancelled."""
        return self.exclude(status__in=[Status.PENDING, Status.CANCELLED])


def _lower_case_copy(column: str, *, max_length: int) -> models.GeneratedField:
    return models.GeneratedField(
        expression=Lower(column),
        # Some capitals become two or three letters: İ is one.
        output_field=models.CharField(max_length=3 * max_length),
        db_persist=True,
        editable=False,
    )


class Order(CustomerMixin, FlagsMixin):
    """One order: what its events say, merged (`orders.merging`).

    One row a session, for a session makes at most one order. Text that Printora has not sent is "",
    everything else None.
    """

    Status = Status

    session_id = models.CharField(max_length=128, unique=True)
    order_id = models.CharField(max_length=128)
    order_number = models.CharField(max_length=128, blank=True)
    status = models.CharField(max_length=16, choices=Status, default=Status.PENDING)
    payment_status = models.CharField(max_length=128, blank=True)
    payment_method = models.CharField(max_length=128, blank=True)
    total_amount = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=8, blank=True)
    creator = models.JSONField(default=dict, blank=True)
    carrier = models.TextField(blank=True)

    ordered_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    processing_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    # Lower-case copies that the database makes: an index on them serves a search by prefix.
    order_number_lower = _lower_case_copy("order_number", max_length=128)
    customer_email_lower = _lower_case_copy("customer_email", max_length=320)

    first_seen_at = models.DateTimeField(auto_now_add=True, db_index=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        permissions = [
            ("view_customer", "Can see customers: names, addresses, phones, e-mails, raw webhooks"),
            ("export_order", "Can export orders and what belongs to them as CSV"),
            ("resend_order", "Can have webhooks and mails of orders sent again"),
            ("reconcile_order", "Can compare all orders with Printora's"),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="order_newest_by_status"),
            # A page of orders to ship must not scan all those that were shipped.
            models.Index(
                fields=["-id"],
                condition=Q(status__in=[Status.PAID, Status.PROCESSING]),
                name="order_to_ship",
            ),
            # LIKE 'abc%' can use an index of this class in any collation, and = can too; SQLite
            # ignores the class. `db_index` would make two indexes.
            models.Index(
                fields=["order_id"], name="order_by_id_beginning", opclasses=["varchar_pattern_ops"]
            ),
            models.Index(
                fields=["order_number_lower"],
                name="order_by_number_beginning",
                opclasses=["varchar_pattern_ops"],
            ),
            models.Index(
                fields=["customer_email_lower"],
                name="order_by_email_beginning",
                opclasses=["varchar_pattern_ops"],
            ),
            models.Index(fields=["-id"], condition=HAS_OPEN_FLAGS, name="order_with_open_flags"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="order_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at__isnull=True) | WITHOUT_CUSTOMER,
                name="anonymised_order_has_no_customer",
            ),
            models.CheckConstraint(
                condition=Q(total_amount__isnull=True) | Q(total_amount__gte=0),
                name="order_total_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.order_number or self.order_id

    def get_absolute_url(self) -> str:
        """Return the address of the order's own page."""
        return reverse("orders:order", args=[self.order_id])

    @property
    def is_confirmed(self) -> bool:
        """Return whether Printora has confirmed the payment, directly or by a later step."""
        return self.status not in {Status.PENDING, Status.CANCELLED}

    @property
    def was_paid(self) -> bool:
        """Return whether it was paid at any time; nothing is shipped before that."""
        return any((self.paid_at, self.shipped_at, self.delivered_at))

    @property
    def steps(self) -> list[Step]:
        """Return the five steps from pending to delivered, with those that were reached as done."""
        path: list[Status] = [status for status in Status if status != Status.CANCELLED]
        moments = {
            Status.PENDING: self.ordered_at,
            Status.PAID: self.paid_at,
            Status.PROCESSING: self.processing_at,
            Status.SHIPPED: self.shipped_at,
            Status.DELIVERED: self.delivered_at,
        }
        if self.status == Status.CANCELLED:
            reached = max((i for i, step in enumerate(path) if moments[step]), default=-1)
            states = ["done" if i <= reached else "todo" for i in range(len(path))]
        else:
            here = path.index(Status(self.status))
            states = ["done" if i < here else "todo" for i in range(len(path))]
            states[here] = "done" if here == len(path) - 1 else "current"
        return [
            Step(key=step.value, label=step.label, at=moments[step], state=state)
            for step, state in zip(path, states, strict=True)
        ]
