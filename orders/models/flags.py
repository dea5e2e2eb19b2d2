"""The flags of an order: what staff should review, and who has reviewed it."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

HAS_OPEN_FLAGS = ~Q(flags=F("flags_seen"))


class FlagsMixin(models.Model):
    """An order's flags: plain sentences, oldest first, each once.

    Staff mark those that they were shown as seen; a flag that is raised later is open again.
    """

    flags = models.JSONField(default=list, blank=True)
    flags_seen = models.JSONField(default=list, blank=True)  # the beginning of `flags`
    flags_seen_at = models.DateTimeField(null=True, blank=True)
    # A name, not a key: it stays known when the account is gone.
    flags_seen_by = models.CharField(max_length=150, blank=True)

    class Meta:
        abstract = True

    @property
    def open_flags(self) -> list[str]:
        """Return the flags that nobody has marked as seen."""
        return [reason for reason in self.flags if reason not in self.flags_seen]

    def flag(self, reason: str) -> None:
        """Raise a flag, unless the same one was raised before; saves nothing."""
        if reason not in self.flags:
            self.flags = [*self.flags, reason]

    def mark_flags_seen(self, *, by: str, count: int | None = None) -> bool:
        """Mark the first `count` flags (all of them by default) as seen; saves nothing.

        `count` is how many the user was shown: what was raised since then stays open. Returns
        whether any of them was open.
        """
        shown = self.flags[:count]
        if len(shown) <= len(self.flags_seen):
            return False
        self.flags_seen = shown
        self.flags_seen_at, self.flags_seen_by = timezone.now(), by
        return True
