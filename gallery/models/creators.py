"""The people who make the pictures."""

from django.db import models
from django.urls import reverse


class Creator(models.Model):
    """A person whose pictures the gallery shows."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=255)
    bio = models.TextField(blank=True)
    # Printora's own id, once Printora knows the creator; gallery.merch.sync sets it.
    printora_id = models.CharField(max_length=128, unique=True, null=True, blank=True)
    printora_status = models.CharField(max_length=32, blank=True)
    refreshed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the merch was last read from Printora."
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the creator's own page."""
        return reverse("gallery:creator", args=[self.slug])

    @property
    def is_selling(self) -> bool:
        """Return whether Printora sells this creator's merch (flow B)."""
        return bool(self.printora_id) and self.printora_status == "active"
