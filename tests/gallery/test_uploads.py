"""A visitor can print a picture of their own, and it tells nobody more than its pixels."""

from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from gallery.erasing import erase_visitors
from gallery.interest import like, record
from gallery.models import Interest
from gallery.tasks import expire_uploads, forget_interest
from gallery.uploads import models, pictures
from gallery.uploads.models import Upload
from printora_integration.models import PrintSession
from tests.gallery.conftest import FakePrintora, HangPictures
from tests.helpers import SESSION, deliver, webhook

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(kind: str = "JPEG", size: tuple[int, int] = (800, 600), **save: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#b8004e").save(out, kind, **save)
    return out.getvalue()


def upload(client: Client, data: bytes, name: str = "holiday.jpg", title: str = "") -> "Response":
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    return client.post("/upload/", {"picture": file, "title": title})


def file_of(client: Client, kept: Upload) -> bytes:
    return b"".join(client.get(kept.file_url))


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png")])
def test_picture_is_kept_and_served_to_anyone_who_knows_its_name(
    client: Client, kind: str, extension: str
) -> None:
    response = upload(client, picture(kind), title="My cat")
    kept = Upload.objects.get()
    assert (response.status_code, response["Location"]) == (303, kept.get_absolute_url())
    assert (kept.title, kept.extension, kept.width, kept.height) == ("My cat", extension, 800, 600)
    served = Client().get(kept.file_url)
    assert Image.open(BytesIO(b"".join(served))).size == (800, 600)
    assert served["Content-Type"] == f"image/{kind.lower()}"
    assert served["X-Content-Type-Options"] == "nosniff"


def test_name_cannot_be_guessed_and_is_not_the_files_own(client: Client) -> None:
    upload(client, picture(), name="passport-of-ada.jpg")
    kept = Upload.objects.get()
    assert len(kept.name) >= 22
    assert "passport" not in kept.file_url


def test_kind_is_told_by_content_not_by_name(client: Client) -> None:
    upload(client, picture("PNG"), name="actually-a.jpg")
    assert Upload.objects.get().extension == "png"


def test_place_and_camera_are_gone(client: Client) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    upload(client, picture(exif=exif, comment=b"SecretComment"))
    data = file_of(client, Upload.objects.get())
    assert b"Secret" not in data
    assert not Image.open(BytesIO(data)).getexif()


def test_picture_taken_sideways_stands_upright(client: Client) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    upload(client, picture(size=(900, 600), exif=exif))
    kept = Upload.objects.get()
    assert (kept.width, kept.height) == (600, 900)


def test_what_hides_behind_a_picture_is_not_served(client: Client) -> None:
    upload(client, picture() + b"<script>alert(1)</script>")
    assert b"<script>" not in file_of(client, Upload.objects.get())


def test_see_through_png_stays_see_through(client: Client) -> None:
    out = BytesIO()
    Image.new("RGBA", (700, 700), (255, 0, 0, 0)).save(out, "PNG")
    upload(client, out.getvalue())
    shown = Image.open(BytesIO(file_of(client, Upload.objects.get())))
    assert shown.mode == "RGBA"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a PNG nor a JPEG"),
        (picture("GIF"), "neither a PNG nor a JPEG"),
        (picture()[:2000], "damaged"),
        (picture("PNG")[:200], "damaged"),
        (picture(size=(599, 2000)), "599 × 2000 pixels"),
        (picture("PNG", size=(5001, 5000)), "too many pixels"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_the_reason(
    client: Client, data: bytes, words: str
) -> None:
    response = upload(client, data)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not Upload.objects.exists()


def test_form_without_a_file_asks_for_one(client: Client) -> None:
    response = client.post("/upload/", {})
    assert (response.status_code, "Choose a PNG or JPEG file" in response.content.decode()) == (
        400,
        True,
    )


def test_file_that_is_too_large_is_dropped_while_it_comes(client: Client) -> None:
    response = upload(client, b"x" * (pictures.MAX_BYTES + 1))
    assert response.status_code == 400
    assert "larger than 20 MB" in response.content.decode()
    assert not response.wsgi_request.FILES


def test_photo_of_a_phone_with_a_second_picture_behind_it_is_taken(client: Client) -> None:
    out = BytesIO()
    first, second = (Image.new("RGB", (800, 600), colour) for colour in ("#b8004e", "#006c88"))
    first.save(out, "MPO", save_all=True, append_images=[second])
    upload(client, out.getvalue())
    assert Upload.objects.get().extension == "jpg"


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_exif_that_makes_no_sense_is_no_reason_to_refuse(client: Client) -> None:
    upload(client, picture(exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff nonsense"))
    assert Upload.objects.exists()


def test_grey_of_sixteen_bits_keeps_its_shade(client: Client) -> None:
    out = BytesIO()
    Image.new("I;16", (700, 700), 20000).save(out, "PNG")
    upload(client, out.getvalue())
    shown = Image.open(BytesIO(file_of(client, Upload.objects.get()))).convert("L")
    assert shown.getpixel((5, 5)) == pytest.approx(20000 / 256, abs=1)


def test_one_visitor_cannot_fill_the_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gallery.uploads.views.MOST_A_DAY", 1)
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
    kept = Upload.objects.get()
    address = f"{kept.get_absolute_url()}delete/"
    assert Client().post(address).status_code == 404
    assert client.post(address).status_code == 303
    assert not Upload.objects.exists()
    assert not default_storage.exists(kept.path)


def test_print_sends_printora_the_public_address(client: Client, printora: FakePrintora) -> None:
    upload(client, picture(), title="My cat")
    kept = Upload.objects.get()
    response = client.post(f"{kept.get_absolute_url()}print/")
    assert response.status_code == 303
    assert printora.asked[-1][1]["imageUrl"] == f"http://localhost:8000{kept.file_url}"


def test_failed_print_apologises_and_offers_the_same_again(
    client: Client, printora: FakePrintora
) -> None:
    upload(client, picture())
    printora.refuses(500, "INTERNAL_ERROR")
    address = f"{Upload.objects.get().get_absolute_url()}print/"
    response = client.post(address)
    assert response.status_code == 503
    assert f'action="{address}"' in response.content.decode()


def test_after_thirty_days_it_is_gone(client: Client) -> None:
    upload(client, picture())
    kept = Upload.objects.get()
    with time_machine.travel(timezone.now() + models.LIFETIME + timedelta(minutes=1)):
        assert client.get(kept.file_url).status_code == 404
        assert expire_uploads() == 1
    assert not Upload.objects.exists()
    assert not default_storage.exists(kept.path)


def test_before_that_it_stays(client: Client) -> None:
    upload(client, picture())
    with time_machine.travel(timezone.now() + models.LIFETIME - timedelta(minutes=1)):
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
    with time_machine.travel(timezone.now() + models.LIFETIME + timedelta(minutes=1)):
        assert expire_uploads() == 1


# --- Forgetting a visitor -------------------------------------------------------------------------


def test_forgotten_visitors_leave_no_picture_no_like_and_no_look(
    client: Client, hang: HangPictures
) -> None:
    (artwork,) = hang(1)
    upload(client, picture())
    kept = Upload.objects.get()
    record(artwork, Interest.Kind.VIEW, visitor=kept.visitor)
    like(artwork, visitor=kept.visitor)
    like(artwork, visitor="somebody else")
    assert erase_visitors([kept.visitor]) == {"pictures": 1, "likes": 1, "looks": 1}
    assert not default_storage.exists(kept.path)
    artwork.refresh_from_db()
    assert artwork.like_count == 1


def test_looks_are_forgotten_after_a_day(hang: HangPictures) -> None:
    (artwork,) = hang(1)
    record(artwork, Interest.Kind.VIEW, visitor="v1")
    assert forget_interest() == 0
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert forget_interest() == 1
    artwork.refresh_from_db()
    assert artwork.view_count == 1


@pytest.mark.django_db(transaction=True)
def test_customer_who_is_forgotten_leaves_no_picture_either(client: Client, vendor: Client) -> None:
    upload(client, picture())
    kept = Upload.objects.get()
    PrintSession.objects.create(visitor=kept.visitor, reference="r", title="t", session_id=SESSION)
    deliver(vendor, webhook("order.paid", {"customer": {"email": "ada@example.com"}}))
    call_command("forget", "ada@example.com", stdout=StringIO())
    assert not Upload.objects.exists()
    assert not default_storage.exists(kept.path)
