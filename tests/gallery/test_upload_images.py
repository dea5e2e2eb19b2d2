"""An uploaded picture is re-encoded: it shows no more than its pixels, or it is refused."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from gallery.models import Upload

from .uploading import file_of, picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def test_format_is_detected_by_content_not_by_name(client: Client) -> None:
    upload(client, picture("PNG"), name="actually-a.jpg")
    assert Upload.objects.get().extension == "png"


def test_place_and_camera_are_removed(client: Client) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    upload(client, picture(exif=exif, comment=b"SecretComment"))
    data = file_of(client, Upload.objects.get())
    assert b"Secret" not in data
    assert not Image.open(BytesIO(data)).getexif()


def test_picture_taken_sideways_is_turned_upright(client: Client) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    upload(client, picture(size=(900, 600), exif=exif))
    stored = Upload.objects.get()
    assert (stored.width, stored.height) == (600, 900)


def test_data_after_the_picture_is_not_served(client: Client) -> None:
    upload(client, picture() + b"<script>alert(1)</script>")
    assert b"<script>" not in file_of(client, Upload.objects.get())


def test_transparent_png_stays_transparent(client: Client) -> None:
    out = BytesIO()
    Image.new("RGBA", (700, 700), (255, 0, 0, 0)).save(out, "PNG")
    upload(client, out.getvalue())
    shown = Image.open(BytesIO(file_of(client, Upload.objects.get())))
    assert shown.mode == "RGBA"


@pytest.mark.parametrize(
    ("data", "message"),
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
def test_file_that_cannot_be_printed_is_refused_with_the_reason(
    client: Client, data: bytes, message: str
) -> None:
    response = upload(client, data)
    assert response.status_code == 400
    assert message in response.content.decode()
    assert not Upload.objects.exists()


def test_photo_of_a_phone_with_a_second_picture_in_it_is_accepted(client: Client) -> None:
    out = BytesIO()
    first, second = (Image.new("RGB", (800, 600), colour) for colour in ("#b8004e", "#006c88"))
    first.save(out, "MPO", save_all=True, append_images=[second])
    upload(client, out.getvalue())
    assert Upload.objects.get().extension == "jpg"


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_invalid_exif_is_ignored(client: Client) -> None:
    upload(client, picture(exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff nonsense"))
    assert Upload.objects.exists()


def test_grey_of_sixteen_bits_keeps_its_shade(client: Client) -> None:
    out = BytesIO()
    Image.new("I;16", (700, 700), 20000).save(out, "PNG")
    upload(client, out.getvalue())
    shown = Image.open(BytesIO(file_of(client, Upload.objects.get()))).convert("L")
    assert shown.getpixel((5, 5)) == pytest.approx(20000 / 256, abs=1)
