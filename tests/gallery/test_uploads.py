"""A visitor can print a picture of their own, which only they see, for thirty days."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from PIL import Image

from gallery.models import Upload
from gallery.models.uploads import LIFETIME
from gallery.tasks import expire_uploads
from gallery.uploads.images import MAX_BYTES

from .fake_printora import FakePrintora
from .uploading import picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png")])
def test_picture_is_stored_and_served_to_everyone_who_has_its_address(
    client: Client, kind: str, extension: str
) -> None:
    response = upload(client, picture(kind), title="My cat")
    stored = Upload.objects.get()
    assert (response.status_code, response["Location"]) == (303, stored.get_absolute_url())
    assert (stored.title, stored.extension, stored.width, stored.height) == (
        "My cat",
        extension,
        800,
        600,
    )
    served = Client().get(stored.file_url)
    assert Image.open(BytesIO(b"".join(served))).size == (800, 600)
    assert served["Content-Type"] == f"image/{kind.lower()}"
    assert served["X-Content-Type-Options"] == "nosniff"


def test_name_cannot_be_guessed_and_is_not_the_files_own(client: Client) -> None:
    upload(client, picture(), name="passport-of-ada.jpg")
    stored = Upload.objects.get()
    assert len(stored.name) >= 22
    assert "passport" not in stored.file_url


def test_form_without_a_file_asks_for_one(client: Client) -> None:
    response = client.post("/upload/", {})
    assert (response.status_code, "Choose a PNG or JPEG file" in response.content.decode()) == (
        400,
        True,
    )


def test_file_that_is_too_large_is_dropped_while_it_arrives(client: Client) -> None:
    response = upload(client, b"x" * (MAX_BYTES + 1))
    assert response.status_code == 400
    assert "larger than 20 MB" in response.content.decode()
    assert not response.wsgi_request.FILES


def test_one_visitor_cannot_fill_the_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gallery.uploads.views.MAX_UPLOADS_PER_DAY", 1)
    upload(client, picture())
    response = upload(client, picture())
    assert response.status_code == 400
    assert "Come back tomorrow" in response.content.decode()
    assert Upload.objects.count() == 1


def test_only_its_visitor_sees_its_page(client: Client) -> None:
    upload(client, picture())
    page = Upload.objects.get().get_absolute_url()
    assert client.get(page).status_code == 200
    assert Client().get(page).status_code == 404


def test_only_its_visitor_can_delete_it(client: Client) -> None:
    upload(client, picture())
    stored = Upload.objects.get()
    address = f"{stored.get_absolute_url()}delete/"
    assert Client().post(address).status_code == 404
    assert client.post(address).status_code == 303
    assert not Upload.objects.exists()
    assert not default_storage.exists(stored.path)


def test_print_sends_printora_the_public_address(client: Client, printora: FakePrintora) -> None:
    upload(client, picture(), title="My cat")
    stored = Upload.objects.get()
    response = client.post(f"{stored.get_absolute_url()}print/")
    assert response.status_code == 303
    assert printora.requests[-1][1]["imageUrl"] == f"http://localhost:8000{stored.file_url}"


def test_failed_print_shows_the_page_with_the_same_request_again(
    client: Client, printora: FakePrintora
) -> None:
    upload(client, picture())
    printora.refuses(500, "INTERNAL_ERROR")
    address = f"{Upload.objects.get().get_absolute_url()}print/"
    response = client.post(address)
    assert response.status_code == 503
    assert f'action="{address}"' in response.content.decode()


def test_upload_is_deleted_after_thirty_days(client: Client) -> None:
    upload(client, picture())
    stored = Upload.objects.get()
    with time_machine.travel(timezone.now() + LIFETIME + timedelta(minutes=1)):
        assert client.get(stored.file_url).status_code == 404
        assert expire_uploads() == 1
    assert not Upload.objects.exists()
    assert not default_storage.exists(stored.path)


def test_upload_is_there_until_then(client: Client) -> None:
    upload(client, picture())
    with time_machine.travel(timezone.now() + LIFETIME - timedelta(minutes=1)):
        assert expire_uploads() == 0
    assert Upload.objects.exists()


def test_one_file_that_cannot_be_deleted_does_not_keep_the_others(
    client: Client, media: Path
) -> None:
    for _picture in range(2):
        upload(client, picture())
    stubborn = Upload.objects.first()
    assert stubborn
    place = media / stubborn.path
    place.unlink()
    (place / "in the way").mkdir(parents=True)  # a folder that is not empty, in its place
    with time_machine.travel(timezone.now() + LIFETIME + timedelta(minutes=1)):
        assert expire_uploads() == 1
