"""The auto-fulfilment settings: one row, so that a restart keeps them."""

from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

MAX_DELAY_SECONDS = 86_400

_SINGLETON_ID = 1


def _seconds(name: str, default: int) -> "models.PositiveIntegerField[int, int]":
    maximum = MaxValueValidator(MAX_DELAY_SECONDS)
    return models.PositiveIntegerField(name, default=default, validators=[maximum])


class AutoFulfil(models.Model):
    """The timer that ships and delivers paid orders, with the delay of each step in seconds.

    The delays count from the orders' own timestamps, so orders become due also while the sandbox
    is down.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=_SINGLETON_ID, editable=False)
    enabled = models.BooleanField("Ship and deliver automatically", default=False)
    ship_after_seconds = _seconds("Ship after payment, in s", 10)
    deliver_after_seconds = _seconds("Deliver after shipping, in s", 20)

    class Meta:
        verbose_name_plural = "auto-fulfilment"
        constraints = (
            models.CheckConstraint(condition=Q(id=_SINGLETON_ID), name="autofulfil_is_one_row"),
        )

    def __str__(self) -> str:
        if not self.enabled:
            return "off"
        ship, deliver = self.ship_after_seconds, self.deliver_after_seconds
        return f"ships after {ship} s, delivers after {deliver} s"

    @classmethod
    def current(cls) -> Self:
        """Return the current settings."""
        return cls.objects.filter(pk=_SINGLETON_ID).first() or cls()

    @classmethod
    def configure(cls, **values: int | bool) -> Self:
        """Save these settings; a missing one gets its default."""
        timer = cls(**values)
        names = ("enabled", "ship_after_seconds", "deliver_after_seconds")
        settings = {name: getattr(timer, name) for name in names}
        return cls.objects.update_or_create(pk=_SINGLETON_ID, defaults=settings)[0]
