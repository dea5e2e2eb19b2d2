"""The fault settings: one row, so that a restart keeps them."""

import random
from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

MAX_LATENCY_MS = 60_000
MAX_DELAY_MS = 600_000
MAX_COPIES = 10
MAX_PERCENT = 100

_SINGLETON_ID = 1


def _number(name: str, maximum: int) -> "models.PositiveIntegerField[int, int]":
    return models.PositiveIntegerField(name, default=0, validators=[MaxValueValidator(maximum)])


def _percent(name: str) -> "models.PositiveIntegerField[int, int]":
    return _number(f"{name}, in %", MAX_PERCENT)


class Faults(models.Model):
    """The deliberate faults of the sandbox; every fault is off by default."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=_SINGLETON_ID, editable=False)
    latency_ms = _number("Added latency, in ms", MAX_LATENCY_MS)
    error_percent = _percent("Calls answered 500")
    rate_limit_percent = _percent("Calls answered 429")
    lost_response_percent = _percent("Sessions unanswered")
    webhook_copies = _number("Extra copies", MAX_COPIES)
    webhook_delay_ms = _number("Delayed, in ms", MAX_DELAY_MS)
    webhook_shuffle_ms = _number("Shuffled within, in ms", MAX_DELAY_MS)
    webhook_drop_percent = _percent("Dropped")
    webhook_bad_signature_percent = _percent("Wrongly signed")
    snake_case = models.BooleanField("Older snake_case dialect", default=False)
    unknown_events = models.BooleanField("Unknown event types", default=False)
    extra_fields = models.BooleanField("Unknown extra fields", default=False)

    class Meta:
        verbose_name_plural = "faults"
        constraints = (
            models.CheckConstraint(condition=Q(id=_SINGLETON_ID), name="faults_are_one_row"),
            models.CheckConstraint(
                condition=Q(
                    error_percent__lte=MAX_PERCENT,
                    rate_limit_percent__lte=MAX_PERCENT,
                    lost_response_percent__lte=MAX_PERCENT,
                    webhook_drop_percent__lte=MAX_PERCENT,
                    webhook_bad_signature_percent__lte=MAX_PERCENT,
                ),
                name="fault_percents_are_at_most_100",
            ),
        )

    def __str__(self) -> str:
        return ", ".join(self.active_faults()) or "no faults"

    @classmethod
    def current(cls) -> Self:
        """Return the current settings."""
        return cls.objects.filter(pk=_SINGLETON_ID).first() or cls()

    @classmethod
    def configure(cls, **values: int | bool) -> Self:
        """Switch these faults on and all others off."""
        faults = cls(**values)
        settings = {field.name: getattr(faults, field.name) for field in cls._fault_fields()}
        return cls.objects.update_or_create(pk=_SINGLETON_ID, defaults=settings)[0]

    def active_faults(self) -> list[str]:
        """Return the label of each active fault, with its value."""
        values = {
            str(field.verbose_name): getattr(self, field.name) for field in self._fault_fields()
        }
        return [
            label if value is True else f"{label}: {value}"
            for label, value in values.items()
            if value
        ]

    @classmethod
    def _fault_fields(cls) -> "list[models.Field[Any, Any]]":
        return [field for field in cls._meta.concrete_fields if not field.primary_key]


def occurs(percent: int) -> bool:
    """Return ``True`` with this probability, in percent."""
    return random.random() * MAX_PERCENT < percent  # noqa: S311  (chance, not secrecy)
