"""Ask for orders in the words of those who read them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from .status import Status

if TYPE_CHECKING:
    from .order import Order  # noqa: F401 -- mypy reads it between the brackets

NEEDS_A_PERSON = ~Q(flags=F("flags_seen"))


class OrderQuerySet(models.QuerySet["Order"]):
    """Ask for orders in the words of those who read them."""

    def for_dashboard(self) -> "OrderQuerySet":
        """Return orders newest first, without the parts that only an order's own page shows."""
        return self.defer("items", "shipping_address").order_by("-pk")

    def flagged(self) -> "OrderQuerySet":
        """Return the orders with a flag that no member of staff has marked as seen."""
        return self.filter(NEEDS_A_PERSON)

    def older_than(self, moment: datetime) -> "OrderQuerySet":
        """Return the orders first seen before this moment that still hold customers' data."""
        return self.filter(first_seen_at__lt=moment, anonymised_at__isnull=True)

    def of_customer(self, email: str) -> "OrderQuerySet":
        """Return the orders of one e-mail address, in any case."""
        email = email.strip()
        return self.filter(Q(customer_email_folded=email.lower()) | Q(customer_email__iexact=email))

    def confirmed(self) -> "OrderQuerySet":
        """Return the orders that someone has paid for and nobody has cancelled."""
        return self.exclude(status__in=[Status.PENDING, Status.CANCELLED])
