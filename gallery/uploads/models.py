"""Know which pictures visitors have handed us, and for how long."""

import secrets
from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.urls import reverse
from django.utils import timezone

from .pictures import Picture

LIFETIME = timedelta(days=30)
A_DAY = timedelta(days=1)
MOST_A_DAY = 20  # for one visitor


def new_name() -> str:
    """Return a name that nobody can guess: 128 bits, and nothing of the file's own name."""
    return secrets.token_urlsafe(16)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Ask for uploads in the words of those who need them."""

    def alive(self) -> "UploadQuerySet":
        """Return those that have not outlived their time."""
        return self.filter(created_at__gt=timezone.now() - LIFETIME)

    def outlived(self) -> "UploadQuerySet":
        """Return those whose time is over."""
        return self.filter(created_at__lte=timezone.now() - LIFETIME)

    def of_today(self, visitor: str) -> "UploadQuerySet":
        """Return what a visitor uploaded in the last 24 hours."""
        return self.filter(visitor=visitor, created_at__gt=timezone.now() - A_DAY)


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
        """Return the address of its page, which only its visitor sees."""
        return reverse("gallery:upload", args=[self.name])

    @classmethod
    def keep(cls, picture: Picture, *, visitor: str, title: str) -> "Upload":
        """Store a checked picture and remember whose it is."""
        upload = cls(
            visitor=visitor,
            title=title,
            extension=picture.extension,
            width=picture.width,
            height=picture.height,
        )
        # The file first: a row without a file would be a broken picture, a file without a row
        # is found by nobody.
        default_storage.save(upload.path, ContentFile(picture.data))
        upload.save(force_insert=True)
        return upload

    def erase(self) -> None:
        """Delete the picture and what we know of it."""
        default_storage.delete(self.path)
        self.delete()

    @property
    def path(self) -> str:
        """Return where the storage has it."""
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
        """Return when it will be deleted."""
        return self.created_at + LIFETIME
