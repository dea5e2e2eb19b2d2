"""Pictures to upload, and the upload itself."""

from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from gallery.models import Upload

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response


def picture(kind: str = "JPEG", size: tuple[int, int] = (800, 600), **save: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#b8004e").save(out, kind, **save)
    return out.getvalue()


def upload(client: Client, data: bytes, name: str = "holiday.jpg", title: str = "") -> "Response":
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    return client.post("/upload/", {"picture": file, "title": title})


def file_of(client: Client, stored: Upload) -> bytes:
    return b"".join(client.get(stored.file_url))
