"""The pictures that visitors upload, each for thirty days."""

import secrets
from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.urls import reverse
from django.utils import timezone

from vendor_kit.clock import database_now

LIFETIME = timedelta(days=30)


def new_name() -> str:
    """Return a name that nobody can guess: 128 bits, and nothing of the file's own name."""
    return secrets.token_urlsafe(16)


class UploadQuerySet(models.QuerySet["Upload"]):
    """The queries for uploads."""

    def unexpired(self) -> "UploadQuerySet":
        """Return the uploads that are younger than their lifetime."""
        return self.filter(created_at__gt=timezone.now() - LIFETIME)

    def expired(self) -> "UploadQuerySet":
        """Return the uploads that are to be deleted, by the clock that all machines share."""
        return self.filter(created_at__lte=database_now() - LIFETIME)

    def of_last_day(self, visitor: str) -> "UploadQuerySet":
        """Return what a visitor uploaded in the last 24 hours."""
        return self.filter(visitor=visitor, created_at__gt=timezone.now() - timedelta(days=1))


class Upload(models.Model):
    """A visitor's own picture; the file is public under a name that nobody can guess."""

    name = models.CharField(max_length=32, default=new_name, unique=True, editable=False)
    visitor = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    extension = models.CharField(max_length=4)
    width = models.PositiveIntegerField(help_text="In pixels.")
    height = models.PositiveIntegerField(help_text="In pixels.")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=["visitor", "-created_at"], name="upload_by_visitor"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the upload's page, which only its visitor can open."""
        return reverse("gallery:upload", args=[self.name])

    def erase(self) -> None:
        """Delete the file, then the row."""
        default_storage.delete(self.path)
        self.delete()

    @property
    def path(self) -> str:
        """Return the file's path in the storage."""
        return f"uploads/{self.name}.{self.extension}"

    @property
    def file_url(self) -> str:
        """Return the picture's own address on this site."""
        return reverse("gallery:upload_file", args=[self.name, self.extension])

    @property
    def public_url(self) -> str:
        """Return the absolute address that Printora fetches the picture from."""
        return urljoin(f"{settings.APP_URL}/", self.file_url)

    @property
    def expires_at(self) -> datetime:
        """Return when the upload will be deleted."""
        return self.created_at + LIFETIME
