import re
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from gallery.models import Artwork

from .conftest import NOON, MakeArtworks


def test_artwork_page_makes_at_most_four_queries_for_staff(
    admin_client: Client,
    make_artworks: MakeArtworks,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make_artworks(100)
    with django_assert_max_num_queries(4):
        assert admin_client.get("/art/picture-50/").status_code == 200


def test_unknown_slug_is_404_with_a_way_back(client: Client, db: None) -> None:
    response = client.get("/art/no-such-picture/")
    assert response.status_code == 404
    assert "This page does not exist" in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_artwork_page_shows_its_job_ticket(client: Client, make_artworks: MakeArtworks) -> None:
    make_artworks(1)
    page = client.get("/art/picture-0/").content.decode()
    for text in ("Picture 0", "Ada Moreau", "Waves in copper and teal.", "Flow field"):
        assert text in page
    assert "2000 \u00d7 1500" in page
    assert "25.4 \u00d7 19.0" in page  # cm at 200 dpi


def test_artwork_page_links_to_its_neighbours_in_the_gallery(
    client: Client, make_artworks: MakeArtworks
) -> None:
    make_artworks(3)
    page = client.get("/art/picture-1/").content.decode()
    found = re.findall(r'rel="(prev|next)"\s+href="(.*?)"', page)
    assert found == [("prev", "/art/picture-2/"), ("next", "/art/picture-0/")]


def test_neighbours_differ_when_published_at_the_same_moment(make_artworks: MakeArtworks) -> None:
    first, second, third = make_artworks(3, published_at=NOON)
    assert Artwork.objects.all().neighbours_of(second) == (third, first)
    assert Artwork.objects.all().neighbours_of(first) == (second, None)
    assert Artwork.objects.all().neighbours_of(third) == (None, second)


def test_first_look_gives_the_visitor_the_cookie_that_the_first_click_needs(
    client: Client, make_artworks: MakeArtworks
) -> None:
    make_artworks(1)
    cookies = client.get("/art/picture-0/").cookies
    assert [name for name in cookies if name.endswith("_visitor")] != []


def test_print_form_works_without_javascript(client: Client, make_artworks: MakeArtworks) -> None:
    make_artworks(1)
    page = client.get("/art/picture-0/").content.decode()
    assert 'action="/art/picture-0/print/"' in page
    assert "csrfmiddlewaretoken" in page
    assert "Print on Product" in page


def test_master_url_is_absolute_and_under_the_static_address(make_artworks: MakeArtworks) -> None:
    (picture,) = make_artworks(1)
    assert picture.master_url == "http://localhost:8000/static/art/picture-0.jpg"


def test_master_url_is_the_static_address_when_that_is_absolute(
    make_artworks: MakeArtworks, settings: Settings
) -> None:
    (picture,) = make_artworks(1)
    settings.STATIC_URL = "https://cdn.example.com/static/"
    assert picture.master_url == "https://cdn.example.com/static/art/picture-0.jpg"


def test_print_size_is_in_centimetres_at_200_dpi(make_artworks: MakeArtworks) -> None:
    (picture,) = make_artworks(1, width=2000, height=1333)
    assert picture.print_size == (Decimal("25.4"), Decimal("16.9"))


@pytest.mark.parametrize(
    ("width", "height", "rows"),
    [(2000, 2000, 24), (2000, 1333, 16), (1333, 2000, 37), (9000, 10, 10), (10, 9000, 48)],
)
def test_rows_follow_the_shape_within_what_the_grid_has(width: int, height: int, rows: int) -> None:
    assert Artwork(width=width, height=height).rows == rows


@pytest.mark.parametrize(
    "fields", [{"width": 0}, {"height": 0}, {"placeholder": "https://x/y.png"}]
)
def test_database_refuses_an_artwork_that_cannot_be_shown(
    make_artworks: MakeArtworks, fields: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_artworks(1, **fields)
