"""Uploads as they are stored and deleted: a file, and the row that names it."""

from collections.abc import Collection

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from gallery.models import Upload

from .images import CleanImage


def store_upload(image: CleanImage, *, visitor: str, title: str) -> Upload:
    """Store a visitor's checked image and return its row."""
    upload = Upload(
        visitor=visitor,
        title=title,
        extension=image.extension,
        width=image.width,
        height=image.height,
    )
    # The file comes first: a row without a file would be a broken picture, but a file without a
    # row has an address that nobody knows.
    try:
        default_storage.save(upload.path, ContentFile(image.data))
        upload.save(force_insert=True)
    except BaseException:
        default_storage.delete(upload.path)  # without a row, nobody would ever delete it
        raise
    return upload


def erase_uploads(visitors: Collection[str]) -> dict[str, int]:
    """Delete everything that these visitors uploaded; return how many pictures there were.

    The setting VISITOR_ERASERS names this function: orders, where customers are erased, does not
    know the gallery.
    """
    uploads = list(Upload.objects.filter(visitor__in=visitors))
    for upload in uploads:
        upload.erase()
    return {"pictures": len(uploads)}
