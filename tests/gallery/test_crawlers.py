import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.helpers import ROOT

from .conftest import MakeArtworks


@pytest.fixture(autouse=True)
def public_address(settings: Settings) -> None:
    settings.APP_URL = "https://dreamcanvas.example"


def social_tags(page: str) -> dict[str, str]:
    """Return the canonical link and the social meta tags."""
    tags = re.findall(r'<meta (?:property|name)="((?:og|twitter):.*?)"\s+content="(.*?)"', page)
    links = re.findall(r'<link rel="(canonical)" href="(.*?)"', page)
    assert len({name for name, _ in tags + links}) == len(tags + links)
    return dict(tags + links)


def test_artwork_has_social_tags(client: Client, make_artworks: MakeArtworks) -> None:
    make_artworks(1, title='Moon & "Sun"')
    tags = social_tags(client.get("/art/picture-0/?q=moon&sort=liked").content.decode())
    assert tags["canonical"] == tags["og:url"] == "https://dreamcanvas.example/art/picture-0/"
    assert tags["og:title"] == "Moon &amp; &quot;Sun&quot; by Ada Moreau"
    assert tags["og:image"] == "https://dreamcanvas.example/static/art/picture-0.jpg"
    assert (tags["og:image:width"], tags["og:image:height"]) == ("2000", "1500")
    assert tags["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/?sort=newest", "/"),
        ("/?page=2", "/?page=2"),
        ("/?category=abstract&x=1", "/?category=abstract"),
    ],
)
def test_gallery_names_its_own_address(
    client: Client, make_artworks: MakeArtworks, address: str, canonical: str
) -> None:
    make_artworks(13)
    tags = social_tags(client.get(address).content.decode())
    assert tags["canonical"] == f"https://dreamcanvas.example{canonical}"


def test_search_results_stay_out_of_search_engines(
    client: Client, make_artworks: MakeArtworks
) -> None:
    make_artworks(1)
    assert 'content="noindex, follow"' in client.get("/?q=picture").content.decode()
    assert "noindex" not in client.get("/?category=abstract").content.decode()


def test_empty_gallery_has_a_card_without_a_picture(client: Client, db: None) -> None:
    tags = social_tags(client.get("/").content.decode())
    assert tags["twitter:card"] == "summary"
    assert "og:image" not in tags


def test_sitemap_lists_the_gallery_and_every_artwork(
    client: Client, make_artworks: MakeArtworks, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_artworks(3)
    with django_assert_num_queries(1):
        answer = client.get("/sitemap.xml")
    assert answer["Content-Type"].startswith("application/xml")
    places = [place.text for place in ET.fromstring(answer.content).iterfind("{*}url/{*}loc")]
    assert places == [
        "https://dreamcanvas.example/",
        *(f"https://dreamcanvas.example/art/picture-{n}/" for n in (2, 1, 0)),
    ]


def test_robots_file_names_the_sitemap_and_private_paths(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert b"Sitemap: https://dreamcanvas.example/sitemap.xml" in answer.content
    assert b"Disallow: /dashboard/" in answer.content


def test_icon_is_found_at_the_old_address(client: Client) -> None:
    icon = client.get("/favicon.ico")["Location"]
    assert (ROOT / icon.removeprefix("/")).read_bytes()[:4] == b"\0\0\1\0"
