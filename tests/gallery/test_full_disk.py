"""What could not be stored wholly leaves nothing behind: no row would ever lead to it."""

import contextlib
import resource
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError
from pytest_django import Settings

from gallery.uploads.images import clean_image
from gallery.uploads.storage import store_upload
from orders.notifications.file_backend import EmailBackend

from .uploading import picture


@contextlib.contextmanager
def room_for(size: int) -> Iterator[None]:
    """Stop each file that grows beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def stored_files(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.one_database
def test_picture_without_room_leaves_no_file(stored_files: Path) -> None:
    image = clean_image(BytesIO(picture()))
    with room_for(100), pytest.raises(OSError, match="File too large"):
        store_upload(image, visitor="v", title="")
    assert files(stored_files) == []


@pytest.mark.django_db
def test_picture_that_the_database_refuses_leaves_no_file(stored_files: Path) -> None:
    image = clean_image(BytesIO(picture()))
    store_upload(image, visitor="v", title="")
    refused: Any = None  # the column takes no NULL
    with pytest.raises(IntegrityError):
        store_upload(image, visitor=refused, title="")
    assert len(files(stored_files)) == 1


@pytest.mark.one_database
def test_mail_without_room_leaves_no_part(tmp_path: Path) -> None:
    mail = EmailMessage("Your order", "word " * 1000, "shop@example.com", ["grace@example.com"])
    with room_for(100), pytest.raises(OSError, match="File too large"):
        EmailBackend(file_path=str(tmp_path)).send_messages([mail])
    assert files(tmp_path) == []
