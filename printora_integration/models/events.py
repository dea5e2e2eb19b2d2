"""What Printora sent us: its events, and the signed bodies that we could not accept."""

import json
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from printora_integration.schemas.webhooks import EventType, OrderData, WebhookPayload

# Fields that say nothing of a person; lower case, without underscores: both spellings match.
_IMPERSONAL_FIELDS = {
    *("sessionid", "event", "timestamp", "data", "orderid", "ordernumber", "status"),
    *("paymentstatus", "paymentmethod", "totalamount", "currency"),
    *("createdat", "paidat", "shippedat", "deliveredat"),
}


class WebhookEvent(models.Model):
    """One webhook event of a session, as it was received; at most one row for both."""

    class Source(models.TextChoices):
        WEBHOOK = "webhook", "Webhook"
        RECONCILIATION = "reconciliation", "Reconciliation"  # from the list of orders, unsigned

    session_id = models.CharField(max_length=128)
    event = models.CharField(max_length=128)
    occurred_at = models.DateTimeField(help_text="The timestamp that Printora gave it.")
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)
    delivery_count = models.PositiveIntegerField(default=1)
    # The text, not JSON: byte for byte what was signed, and no database's JSON type can refuse it.
    body = models.TextField()
    source = models.CharField(max_length=16, choices=Source, default=Source.WEBHOOK)
    changed_body = models.TextField(
        blank=True, help_text="The body of a later delivery, when that differs from the first."
    )
    anonymised_at = models.DateTimeField(
        null=True, blank=True, help_text="When customers' data was taken out of it."
    )

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session_id", "event"], name="one_row_per_session_and_event"
            ),
        ]
        # Staff look for exceptions among many rows: each index holds only those.
        indexes = [
            models.Index(
                fields=["-id"], condition=Q(delivery_count__gt=1), name="event_delivered_again"
            ),
            models.Index(
                fields=["-id"], condition=~Q(changed_body=""), name="event_that_came_back_changed"
            ),
            models.Index(
                fields=["-id"], condition=Q(source="reconciliation"), name="event_of_reconciliation"
            ),
            models.Index(
                fields=["-id"], condition=Q(event="order.cancelled"), name="event_of_cancellation"
            ),
            models.Index(
                fields=["-id"],
                condition=~Q(event__in=[event.value for event in EventType]),
                name="event_of_unknown_type",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} of {self.session_id}"

    @classmethod
    def count_delivery(cls, **identity: Any) -> bool:  # noqa: ANN401 -- field lookups
        """Count one more delivery of an event; return whether there is such an event."""
        again = models.F("delivery_count") + 1
        return cls.objects.filter(**identity).update(delivery_count=again) > 0

    def anonymise(self) -> None:
        """Take customers' data out of the event, and leave its timeline; saves nothing."""
        self.body, self.changed_body = without_customer(self.body), ""
        self.anonymised_at = timezone.now()


class RefusedDelivery(models.Model):
    """A body that Printora signed and that we refused with 400, for staff to review."""

    received_at = models.DateTimeField(auto_now_add=True, db_index=True)
    reason = models.CharField(max_length=255, help_text="What was wrong, naming the field.")
    body = models.BinaryField(help_text="As it came: it may be no UTF-8, and no JSON.")

    MAX_ROWS = 1000  # the newest: Printora sends what we refuse again and again

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "refused deliveries"

    def __str__(self) -> str:
        return self.reason

    @classmethod
    def store(cls, body: bytes, *, reason: str) -> None:
        """Store one more body, and delete all but the newest `MAX_ROWS`."""
        with transaction.atomic():
            _lock(cls)
            cls.objects.create(body=body, reason=reason[:255])
            newest = cls.objects.order_by("-pk").values_list("pk", flat=True)
            if outdated := newest[cls.MAX_ROWS : cls.MAX_ROWS + 1].first():
                cls.objects.filter(pk__lte=outdated).delete()


def payload_without_customer(payload: WebhookPayload) -> WebhookPayload:
    """Return a payload with only those fields that say nothing of a person."""
    if payload.data is None:
        return payload
    personal = [
        name for name in OrderData.model_fields if name.replace("_", "") not in _IMPERSONAL_FIELDS
    ]
    data = payload.data.model_copy(update=dict.fromkeys(personal))
    return payload.model_copy(update={"data": data})


def without_customer(body: str) -> str:
    """Return a webhook's body with only those fields that say nothing of a person."""
    try:
        record = json.loads(body, parse_float=str)  # amounts stay as they were written
    except (ValueError, RecursionError):
        return "{}"
    return json.dumps(_impersonal(record, levels=2)) if isinstance(record, dict) else "{}"


def _impersonal(record: dict[str, Any], *, levels: int) -> dict[str, Any]:
    fields = {}
    for name, value in record.items():
        if name.replace("_", "").lower() not in _IMPERSONAL_FIELDS:
            continue
        if isinstance(value, dict):
            is_data = levels > 1 and name == "data"
            fields[name] = _impersonal(value, levels=levels - 1) if is_data else {}
        elif not isinstance(value, list):
            fields[name] = value
    return fields


def _lock(model: type[models.Model]) -> None:
    """Make other writers of a table wait for this transaction: each must count all rows."""
    if connection.vendor == "postgresql":  # on SQLite there is one writer anyway
        table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 -- documented
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
