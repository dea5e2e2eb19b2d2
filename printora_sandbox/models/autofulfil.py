"""The timer that ships and delivers by itself: one row, so that a restart keeps it."""

from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

AFTER_MAX_SECONDS = 86_400

_ONLY_ROW = 1


def _seconds(name: str, usual: int) -> "models.PositiveIntegerField[int, int]":
    most = MaxValueValidator(AFTER_MAX_SECONDS)
    return models.PositiveIntegerField(name, default=usual, validators=[most])


class AutoFulfil(models.Model):
    """Whether paid orders move on by themselves, and how many seconds each step takes.

    What is due follows from the orders' own times, so nothing is lost while the sandbox is down.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=_ONLY_ROW, editable=False)
    enabled = models.BooleanField("Ship and deliver by itself", default=False)
    ship_after_seconds = _seconds("Ship after payment, in s", 10)
    deliver_after_seconds = _seconds("Deliver after shipping, in s", 20)

    class Meta:
        verbose_name_plural = "automatic fulfilment"
        constraints = (
            models.CheckConstraint(condition=Q(id=_ONLY_ROW), name="autofulfil_is_one_row"),
        )

    def __str__(self) -> str:
        if not self.enabled:
            return "off"
        ship, deliver = self.ship_after_seconds, self.deliver_after_seconds
        return f"ships after {ship} s, delivers after {deliver} s"

    @classmethod
    def current(cls) -> Self:
        """Return how the timer is set now."""
        return cls.objects.filter(pk=_ONLY_ROW).first() or cls()

    @classmethod
    def switch(cls, **values: int | bool) -> Self:
        """Set the timer to these values, and to the usual ones where none is given."""
        wanted = cls(**values)
        names = ("enabled", "ship_after_seconds", "deliver_after_seconds")
        everything = {name: getattr(wanted, name) for name in names}
        return cls.objects.update_or_create(pk=_ONLY_ROW, defaults=everything)[0]
