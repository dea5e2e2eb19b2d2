import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from gallery.models import Artwork, Creator

from .conftest import PLACEHOLDER

pytestmark = pytest.mark.django_db


def artwork(slug: str, **fields: object) -> dict[str, Any]:
    return {
        "slug": slug,
        "title": slug.title(),
        "prompt": "A prompt.",
        "creator": "ada",
        "category": Artwork.Category.values[0],
        "model": "Flow field",
        "width": 2000,
        "height": 1500,
        "placeholder": PLACEHOLDER,
        "colour": "#806040",
        "published": "2025-10-01T12:00:00Z",
    } | fields


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, [artwork("salt"), artwork("fern")])
    return tmp_path


def write(folder: Path, artworks: list[dict[str, Any]]) -> None:
    (folder / "artworks.json").write_text(json.dumps(artworks))
    creators = [{"slug": "ada", "name": "Ada", "bio": "Paints waves."}]
    (folder / "creators.json").write_text(json.dumps(creators))


def seed(folder: Path) -> str:
    out = StringIO()
    call_command("seed", "--from", str(folder), stdout=out)
    return out.getvalue()


def test_seed_reports_in_one_line(folder: Path) -> None:
    assert seed(folder) == "Seeded 1 creators and 2 artworks.\n"


def test_seed_twice_is_the_same_as_once(folder: Path) -> None:
    seed(folder)
    before = list(Artwork.objects.values())
    seed(folder)
    assert list(Artwork.objects.values()) == before
    assert Creator.objects.count() == 1


def test_seed_updates_what_has_changed(folder: Path) -> None:
    seed(folder)
    write(folder, [artwork("salt", title="Sea Salt"), artwork("fern")])
    seed(folder)
    assert Artwork.objects.get(slug="salt").title == "Sea Salt"


def test_seed_makes_no_more_queries_for_more_pictures(
    tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    write(tmp_path, [artwork(f"picture-{n}") for n in range(60)])
    with django_assert_max_num_queries(8):
        seed(tmp_path)


def test_seed_makes_no_login_outside_debug(folder: Path) -> None:
    seed(folder)
    assert not User.objects.exists()


def test_seed_makes_the_demo_login_once_in_debug(
    folder: Path, settings: Settings, client: Client
) -> None:
    settings.DEBUG = True
    assert "demo/demo" in seed(folder)
    assert "demo/demo" not in seed(folder)
    assert User.objects.get().is_superuser
    response = client.post("/accounts/login/", {"username": "demo", "password": "demo"})
    assert response.status_code == 302


def test_seed_leaves_a_password_that_was_changed(folder: Path, settings: Settings) -> None:
    settings.DEBUG = True
    User.objects.create_user("demo", password="changed")
    seed(folder)
    assert User.objects.get().check_password("changed")
