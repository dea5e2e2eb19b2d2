"""The faults that are switched on: one row, so that a restart keeps them."""

import random
from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

LATENCY_MAX_MS = 60_000
DELAY_MAX_MS = 600_000
COPIES_MAX = 10
PERCENT_MAX = 100

_ONLY_ROW = 1


def _number(name: str, most: int) -> "models.PositiveIntegerField[int, int]":
    return models.PositiveIntegerField(name, default=0, validators=[MaxValueValidator(most)])


def _percent(name: str) -> "models.PositiveIntegerField[int, int]":
    return _number(f"{name}, in %", PERCENT_MAX)


class Faults(models.Model):
    """What goes wrong on purpose. Everything at nothing is a vendor at its best."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=_ONLY_ROW, editable=False)
    latency_ms = _number("Added latency, in ms", LATENCY_MAX_MS)
    error_percent = _percent("Calls answered 500")
    rate_limit_percent = _percent("Calls answered 429")
    lost_reply_percent = _percent("Lost session replies")
    webhook_copies = _number("Extra copies", COPIES_MAX)
    webhook_delay_ms = _number("Delayed, in ms", DELAY_MAX_MS)
    webhook_shuffle_ms = _number("Shuffled within, in ms", DELAY_MAX_MS)
    webhook_drop_percent = _percent("Dropped")
    webhook_bad_signature_percent = _percent("Wrongly signed")
    snake_case = models.BooleanField("Older snake_case dialect", default=False)
    unknown_events = models.BooleanField("Unknown event types", default=False)
    extra_fields = models.BooleanField("Unknown extra fields", default=False)

    class Meta:
        verbose_name_plural = "faults"
        constraints = (
            models.CheckConstraint(condition=Q(id=_ONLY_ROW), name="faults_are_one_row"),
            models.CheckConstraint(
                condition=Q(
                    error_percent__lte=PERCENT_MAX,
                    rate_limit_percent__lte=PERCENT_MAX,
                    lost_reply_percent__lte=PERCENT_MAX,
                    webhook_drop_percent__lte=PERCENT_MAX,
                    webhook_bad_signature_percent__lte=PERCENT_MAX,
                ),
                name="fault_percents_are_at_most_100",
            ),
        )

    def __str__(self) -> str:
        return ", ".join(self.switched_on()) or "no faults"

    @classmethod
    def current(cls) -> Self:
        """Return what is switched on now."""
        return cls.objects.filter(pk=_ONLY_ROW).first() or cls()

    @classmethod
    def switch(cls, **values: int | bool) -> Self:
        """Switch these on and all others off."""
        wanted = cls(**values)
        everything = {field.name: getattr(wanted, field.name) for field in cls._switches()}
        return cls.objects.update_or_create(pk=_ONLY_ROW, defaults=everything)[0]

    def switched_on(self) -> list[str]:
        """Name each fault that is on, with its measure."""
        values = {str(field.verbose_name): getattr(self, field.name) for field in self._switches()}
        return [
            label if value is True else f"{label}: {value}"
            for label, value in values.items()
            if value
        ]

    @classmethod
    def _switches(cls) -> "list[models.Field[Any, Any]]":
        return [field for field in cls._meta.concrete_fields if not field.primary_key]


def strikes(percent: int) -> bool:
    """Roll the dice: true in so many cases of a hundred."""
    return random.random() * PERCENT_MAX < percent  # noqa: S311  (chance, not secrecy)
