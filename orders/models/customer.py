"""The customer of an order, and how to mask and to erase them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from pages.masking import MaskedMixin

WITHOUT_CUSTOMER = Q(
    customer_email="",
    customer_first_name="",
    customer_last_name="",
    customer_phone="",
    tracking_number="",
    tracking_url="",
    payment_url="",
    partner_image_url="",
)


class CustomerMixin(MaskedMixin):
    """An order's customer; every column of personal data is here and nowhere else.

    An anonymised order has none of it, and gets none again: a late event may bring it once more,
    `merging` leaves it out, and a constraint of the database holds that.
    """

    customer_email = models.CharField(max_length=320, blank=True)
    customer_first_name = models.TextField(blank=True)
    customer_last_name = models.TextField(blank=True)
    customer_phone = models.TextField(blank=True)
    shipping_address = models.JSONField(default=dict, blank=True)
    # These lead to the customer: to the checkout, the parcel and perhaps their own picture.
    payment_url = models.TextField(blank=True)
    tracking_number = models.TextField(blank=True)
    tracking_url = models.TextField(blank=True)
    partner_image_url = models.TextField(blank=True)
    items = models.JSONField(default=list, blank=True)
    anonymised_at = models.DateTimeField(
        null=True, blank=True, help_text="When the customer's data was taken out of it."
    )

    class Meta:
        abstract = True

    def anonymise(self) -> None:
        """Take the customer's data out; saves nothing. What was sold and when stays."""
        self.anonymised_at = self.anonymised_at or timezone.now()
        for column in CustomerMixin._meta.get_fields():
            if isinstance(column, models.CharField | models.TextField):
                setattr(self, column.attname, "")
        self.shipping_address = {}
        self.items = [{**item, "image_url": None} for item in self.items]

    @property
    def customer_name(self) -> str:
        """Return the customer's name, or ""."""
        return f"{self.customer_first_name} {self.customer_last_name}".strip()

    @property
    def safe_tracking_url(self) -> str:
        """Return the tracking address when it is one that a browser may follow, else ""."""
        return self.tracking_url if self.tracking_url.startswith(("https://", "http://")) else ""

    @property
    def safe_payment_url(self) -> str:
        """Return the address to pay at when it is one that a browser may follow, else ""."""
        return self.payment_url if self.payment_url.startswith(("https://", "http://")) else ""

    @property
    def address_lines(self) -> list[str]:
        """Return the shipping address, line by line, as on a parcel."""
        part = self.shipping_address.get
        lines = [
            f"{part('first_name') or ''} {part('last_name') or ''}",
            part("street") or "",
            part("apartment") or "",
            f"{part('zip_code') or ''} {part('city') or ''}",
            part("state") or "",
            part("country") or "",
        ]
        return [line.strip() for line in lines if line.strip()]


CustomerMixin.personal_columns = {
    *(field.name for field in CustomerMixin._meta.local_fields),  # noqa: SLF001 -- documented
    "customer_email_lower",  # a copy that the database makes, in Order
}
