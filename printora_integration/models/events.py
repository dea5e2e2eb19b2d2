"""Keep what Printora told us: its events, and the signed bodies that we could not take."""

from typing import Any

from django.db import connection, models, transaction
from django.db.models import Q

from printora_integration.notices import EventType


class WebhookEvent(models.Model):
    """Keep one event of one session, as it was received; deduplicated on both."""

    class Source(models.TextChoices):
        WEBHOOK = "webhook", "Webhook"
        RECONCILIATION = "reconciliation", "Reconciliation"  # the orders list told us, unsigned

    session_id = models.CharField(max_length=128)
    event = models.CharField(max_length=128)
    occurred_at = models.DateTimeField(help_text="The timestamp that Printora gave it.")
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)
    delivery_count = models.PositiveIntegerField(default=1)
    # The text, not JSON: byte for byte what was signed, and no database's JSON type can refuse it.
    body = models.TextField()
    source = models.CharField(max_length=16, choices=Source, default=Source.WEBHOOK)
    changed_body = models.TextField(
        blank=True, help_text="What a later delivery of it said, when that differs from the first."
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
        # What staff look for among many that went well: each index holds only the exceptions.
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
    def count_again(cls, **identity: Any) -> bool:  # noqa: ANN401 -- field lookups
        """Count one more delivery of an event; return whether there is such an event."""
        again = models.F("delivery_count") + 1
        return cls.objects.filter(**identity).update(delivery_count=again) > 0


class RefusedDelivery(models.Model):
    """Keep a body that was signed by Printora and refused by us with 400: a person should look."""

    received_at = models.DateTimeField(auto_now_add=True, db_index=True)
    reason = models.CharField(max_length=255, help_text="What was wrong, naming the field.")
    body = models.BinaryField(help_text="As it came: it may be no UTF-8, and no JSON.")

    KEPT = 1000  # the newest: Printora sends what we refuse again and again

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "refused deliveries"

    def __str__(self) -> str:
        return self.reason

    @classmethod
    def keep(cls, body: bytes, *, reason: str) -> None:
        """Keep one more body, and of all no more than the newest `KEPT`."""
        with transaction.atomic():
            _lock(cls)
            cls.objects.create(body=body, reason=reason[:255])
            newest = cls.objects.order_by("-pk").values_list("pk", flat=True)
            if outdated := newest[cls.KEPT : cls.KEPT + 1].first():
                cls.objects.filter(pk__lte=outdated).delete()


def _lock(model: type[models.Model]) -> None:
    """Let one transaction at a time write to a table: each must count the others' rows."""
    if connection.vendor == "postgresql":  # on SQLite there is one writer anyway
        table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 -- documented
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
