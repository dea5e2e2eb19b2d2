"""Check the pictures that come with the repository: each row of the seed has all its files."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from gallery.models import Artwork
from gallery.models.artworks import PICTURE_WIDTHS

pytestmark = pytest.mark.django_db
ART = Path(settings.BASE_DIR) / "static" / "art"


@pytest.fixture
def artworks() -> list[Artwork]:
    call_command("seed", stdout=StringIO())
    return list(Artwork.objects.select_related("creator"))


def test_gallery_comes_with_at_least_a_dozen_pictures(artworks: list[Artwork]) -> None:
    assert len(artworks) >= 12


def test_every_seeded_picture_has_its_files(artworks: list[Artwork]) -> None:
    expected = [f"{artwork.slug}.jpg" for artwork in artworks] + [
        f"{artwork.slug}-{width}.{form}"
        for artwork in artworks
        for width in PICTURE_WIDTHS
        for form in ("avif", "webp")
    ]
    assert [name for name in expected if not (ART / name).is_file()] == []


def test_every_seeded_row_is_valid(artworks: list[Artwork]) -> None:
    for artwork in artworks:
        artwork.full_clean()


def test_every_picture_is_seeded(artworks: list[Artwork]) -> None:
    masters = {master.stem for master in ART.glob("*.jpg")}
    assert masters == {artwork.slug for artwork in artworks}
