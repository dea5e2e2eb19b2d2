"""Keep what visitors like, and who has looked at or printed what today."""

from datetime import timedelta

from django.db import models
from django.utils import timezone


class Like(models.Model):
    """One visitor likes one artwork."""

    artwork = models.ForeignKey(
        "gallery.Artwork", on_delete=models.CASCADE, related_name="likes", db_index=False
    )
    visitor = models.CharField(max_length=64, help_text="Printora's visitor id, from the cookie.")
    created_at = models.DateTimeField()

    class Meta:
        constraints = (  # each begins with the artwork, and so is the foreign key's index too
            models.UniqueConstraint(
                fields=["artwork", "visitor"], name="one_like_per_visitor_and_artwork"
            ),
        )

    def __str__(self) -> str:
        return f"A like of artwork {self.artwork_id}"


class InterestQuerySet(models.QuerySet["Interest"]):
    """Ask for looks and prints by their day."""

    def before_yesterday(self) -> "InterestQuerySet":
        """Return those that no counter can need any more."""
        return self.filter(day__lt=timezone.now().date() - timedelta(days=1))


class Interest(models.Model):
    """One visitor looked at one artwork, or printed it, on one day (UTC).

    It is there so that the next look of that day does not count; a nightly task forgets it.
    """

    class Kind(models.TextChoices):
        VIEW = "view", "Looked at it"
        PRINT = "print", "Took it to print"

    artwork = models.ForeignKey(
        "gallery.Artwork", on_delete=models.CASCADE, related_name="interests", db_index=False
    )
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    visitor = models.CharField(max_length=64, help_text="Printora's visitor id, from the cookie.")

    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = (
            # In this order it is also the index by which old days are found.
            models.UniqueConstraint(
                fields=["artwork", "day", "kind", "visitor"], name="interest_counts_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: artwork {self.artwork_id}"
