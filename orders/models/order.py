"""Keep orders, as far as Printora's events have told us of them."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from printora_integration.models import PrintSession

from .customer import WithCustomer
from .flags import WithFlags
from .querysets import NEEDS_A_PERSON, OrderQuerySet
from .status import Status, Step


def _folded(column: str, *, max_length: int) -> models.GeneratedField:
    return models.GeneratedField(
        expression=Lower(column),
        # Some capitals become two or three letters: İ is one.
        output_field=models.CharField(max_length=3 * max_length),
        db_persist=True,
        editable=False,
    )


class Order(WithCustomer, WithFlags):
    """Hold what is known of one order: a fold over its events (`orders.fold`).

    One row a session, for a session makes at most one order. Text that Printora has not told us is
    "", everything else None.
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

    # The database's own copies, for a search by beginning that an index can serve in any case.
    order_number_folded = _folded("order_number", max_length=128)
    customer_email_folded = _folded("customer_email", max_length=320)

    first_seen_at = models.DateTimeField(auto_now_add=True, db_index=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["status", "-id"], name="order_newest_by_status"),
            # A page of what waits to be shipped must not walk through all that was.
            models.Index(
                fields=["-id"],
                condition=Q(status__in=[Status.PAID, Status.PROCESSING]),
                name="order_to_ship",
            ),
            # LIKE 'abc%' can use an index of this class whatever the collation, and = can too;
            # SQLite ignores it. `db_index` would make two.
            models.Index(
                fields=["order_id"], name="order_by_id_beginning", opclasses=["varchar_pattern_ops"]
            ),
            models.Index(
                fields=["order_number_folded"],
                name="order_by_number_beginning",
                opclasses=["varchar_pattern_ops"],
            ),
            models.Index(
                fields=["customer_email_folded"],
                name="order_by_email_beginning",
                opclasses=["varchar_pattern_ops"],
            ),
            models.Index(fields=["-id"], condition=NEEDS_A_PERSON, name="order_for_a_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="order_status_is_known"
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

    def moment_of(self, status: str) -> datetime | None:
        """Return when the order reached a status, or None."""
        moment: datetime | None = getattr(self, f"{status}_at")
        return moment

    @property
    def is_confirmed(self) -> bool:
        """Tell whether Printora has confirmed the payment, in so many words or by what follows."""
        return self.status not in {Status.PENDING, Status.CANCELLED}

    @property
    def was_paid(self) -> bool:
        """Tell whether it was paid for at any time; nothing is shipped before."""
        return any((self.paid_at, self.shipped_at, self.delivered_at))

    @property
    def steps(self) -> list[Step]:
        """Return the five steps from pending to delivered, with those behind us marked done."""
        way: list[Status] = [status for status in Status if status != Status.CANCELLED]
        moments = {
            Status.PENDING: self.ordered_at,
            Status.PAID: self.paid_at,
            Status.PROCESSING: self.processing_at,
            Status.SHIPPED: self.shipped_at,
            Status.DELIVERED: self.delivered_at,
        }
        if self.status == Status.CANCELLED:
            reached = max((i for i, step in enumerate(way) if moments[step]), default=-1)
            states = ["done" if i <= reached else "todo" for i in range(len(way))]
        else:
            here = way.index(Status(self.status))
            states = ["done" if i < here else "todo" for i in range(len(way))]
            states[here] = "done" if here == len(way) - 1 else "current"
        return [
            Step(key=step.value, label=step.label, at=moments[step], state=state)
            for step, state in zip(way, states, strict=True)
        ]


def attach_print_sessions(orders: list[Order]) -> None:
    """Give each order its `print`: the PrintSession it came from, or None; one query for all.

    A session whose visitor's data was erased has no picture to show any more, and is left out.
    """
    sessions = PrintSession.objects.in_bulk(
        [order.session_id for order in orders], field_name="session_id"
    )
    for order in orders:
        session = sessions.get(order.session_id)
        order.print = session if session and session.visitor else None  # type: ignore[attr-defined]


def attach_orders(sessions: list[PrintSession], orders: models.QuerySet[Order]) -> None:
    """Give each print session its `order` out of these, or None; one query for all."""
    ids = [session.session_id for session in sessions if session.session_id]
    found = orders.in_bulk(ids, field_name="session_id")
    for session in sessions:
        session.order = found.get(session.session_id or "")  # type: ignore[attr-defined]
