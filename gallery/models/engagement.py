"""Likes, and the views and prints of the last days."""

from datetime import timedelta

from django.db import models

from vendor_kit.clock import database_now


class Like(models.Model):
    """One visitor's like of one artwork."""

    artwork = models.ForeignKey(
        "gallery.Artwork", on_delete=models.CASCADE, related_name="likes", db_index=False
    )
    visitor = models.CharField(max_length=64, help_text="Printora's visitor id, from the cookie.")
    created_at = models.DateTimeField()

    class Meta:
        constraints = (  # it begins with the artwork, so it is the foreign key's index too
            models.UniqueConstraint(
                fields=["artwork", "visitor"], name="one_like_per_visitor_and_artwork"
            ),
        )

    def __str__(self) -> str:
        return f"A like of artwork {self.artwork_id}"


class EngagementQuerySet(models.QuerySet["Engagement"]):
    """The queries for views and prints."""

    def outdated(self) -> "EngagementQuerySet":
        """Return the rows from before yesterday: no counter needs them any more."""
        return self.filter(day__lt=database_now().date() - timedelta(days=1))


class Engagement(models.Model):
    """One visitor's view or print of one artwork on one day (UTC).

    The row exists so that the next view of that day does not count. A daily task deletes it.
    """

    class Kind(models.TextChoices):
        VIEW = "view", "View"
        PRINT = "print", "Print"

    artwork = models.ForeignKey(
        "gallery.Artwork", on_delete=models.CASCADE, related_name="engagements", db_index=False
    )
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    visitor = models.CharField(max_length=64, help_text="Printora's visitor id, from the cookie.")

    objects = EngagementQuerySet.as_manager()

    class Meta:
        db_table = "gallery_interest"
        constraints = (
            # In this order it is also the index by which old days are found.
            models.UniqueConstraint(
                fields=["artwork", "day", "kind", "visitor"], name="engagement_counts_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: artwork {self.artwork_id}"
