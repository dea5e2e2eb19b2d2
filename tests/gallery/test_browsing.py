import re
from html import escape
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gallery.artworks.browsing import Browse, Sort
from gallery.models import Artwork, Creator

from .conftest import MakeArtworks


def slugs(client: Client, address: str) -> list[str]:
    """Return the slugs in the gallery, in order."""
    page = client.get(address).content.decode()
    return re.findall(r'id="art-(.*?)"', page)


@pytest.mark.parametrize(
    "query", ["pears", "PEARS", "pea", "oil Pears", "brush", "Kofi", "kofi oil", "  pears  "]
)
def test_search_finds_terms_in_title_prompt_and_creator(
    client: Client, make_artworks: MakeArtworks, query: str
) -> None:
    kofi = Creator.objects.create(slug="kofi", name="Kofi Mensah")
    make_artworks(1, slug="pears", title="Two Pears", prompt="Oil, a coarse brush.", creator=kofi)
    make_artworks(1, slug="other")
    assert slugs(client, f"/?q={quote(query)}") == ["pears"]


@pytest.mark.parametrize("query", ["100%", "_", "'; --", "\\", "pears grapes"])
def test_search_takes_every_character_literally_and_needs_all_terms(
    client: Client, make_artworks: MakeArtworks, query: str
) -> None:
    make_artworks(1, title="Two Pears")
    assert slugs(client, f"/?q={quote(query)}") == []


def test_nul_in_the_search_is_no_error(client: Client, make_artworks: MakeArtworks) -> None:
    make_artworks(1, title="Two Pears")
    assert slugs(client, "/?q=two%00pears") == ["picture-0"]


def test_long_search_is_cut(client: Client, make_artworks: MakeArtworks) -> None:
    make_artworks(1)
    assert client.get("/", {"q": "w " * 3000}).status_code == 200
    assert len(Browse.from_query(QueryDict(f"q={'w' * 3000}")).q) == 100


def test_category_shows_its_pictures_only(client: Client, make_artworks: MakeArtworks) -> None:
    make_artworks(1, category="cosmos")
    make_artworks(1, category="landscape")
    assert slugs(client, "/?category=cosmos") == ["picture-0"]


@pytest.mark.parametrize("query", ["category=nonsense", "sort=nonsense", "q=", "q=%20%00", "x=1"])
def test_unknown_value_counts_as_none(
    client: Client, make_artworks: MakeArtworks, query: str
) -> None:
    make_artworks(2)
    assert slugs(client, f"/?{query}") == ["picture-1", "picture-0"]
    assert Browse.from_query(QueryDict(query)) == Browse()


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("newest", ["picture-2", "picture-1", "picture-0"]),
        ("trending", ["picture-0", "picture-2", "picture-1"]),
        ("liked", ["picture-1", "picture-2", "picture-0"]),
    ],
)
def test_order_is_the_one_asked_for_and_ties_fall_to_the_newer(
    client: Client, make_artworks: MakeArtworks, sort: str, order: list[str]
) -> None:
    make_artworks(3)
    Artwork.objects.filter(slug="picture-0").update(trending_score=7.5)
    Artwork.objects.filter(slug="picture-1").update(like_count=3)
    assert slugs(client, f"/?sort={sort}") == order


def test_pages_keep_search_category_and_order(client: Client, make_artworks: MakeArtworks) -> None:
    make_artworks(13, category="cosmos")
    page = client.get("/?q=picture&category=cosmos&sort=liked").content.decode()
    query = "?q=picture&category=cosmos&sort=liked"
    assert f'href="{escape(query)}&amp;page=2"' in page
    assert slugs(client, f"/{query}&page=2") == ["picture-0"]
    assert f'href="/art/picture-12/{escape(query)}"' in page


def test_query_leaves_the_defaults_out() -> None:
    assert Browse().query == ""
    assert Browse(sort=Sort.LIKED).page_query(2) == "?sort=liked&page=2"
    assert Browse(q="a&b", category="cosmos").query == "?q=a%26b&category=cosmos"


@pytest.mark.parametrize("sort", Sort.values)
def test_neighbours_follow_the_filter_and_the_order(
    client: Client, make_artworks: MakeArtworks, sort: str
) -> None:
    make_artworks(3, category="cosmos", trending_score=2.5, like_count=4)
    make_artworks(1, category="pattern", trending_score=2.5, like_count=4)
    page = client.get(f"/art/picture-1/?category=cosmos&sort={sort}").content.decode()
    assert re.findall(r'rel="(prev|next)"\s+href="/art/(.*?)/', page) == [
        ("prev", "picture-2"),
        ("next", "picture-0"),
    ]
    last = client.get(f"/art/picture-2/?category=cosmos&sort={sort}").content.decode()
    assert 'rel="prev"' not in last


def test_filtered_gallery_makes_at_most_four_queries_for_staff(
    admin_client: Client,
    make_artworks: MakeArtworks,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make_artworks(40)
    with django_assert_max_num_queries(4):
        admin_client.get("/?q=picture+waves+ada&category=abstract&sort=trending&page=2")


def test_search_that_finds_nothing_suggests_what_to_try(
    client: Client, make_artworks: MakeArtworks
) -> None:
    make_artworks(1)
    page = client.get("/", {"q": "<b>xyzzy", "category": "cosmos"}).content.decode()
    assert "No pictures found" in page
    assert "&lt;b&gt;xyzzy" in page
    assert "<b>xyzzy" not in page
    assert 'href="?q=%3Cb%3Exyzzy"' in page  # everywhere
    assert 'href="?category=cosmos"' in page  # without the search


def test_htmx_gets_tiles_and_pager_only(client: Client, make_artworks: MakeArtworks) -> None:
    make_artworks(40)
    answer = client.get("/?page=2", headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert len(re.findall(r'id="art-', part)) == 12
    assert part.count('loading="lazy"') == 12
    assert 'hx-swap-oob="true"' in part
    assert "<html" not in part
    assert "HX-Request" in answer["Vary"]


def test_gallery_loads_more_by_itself_twice_and_then_by_button(
    client: Client, make_artworks: MakeArtworks
) -> None:
    make_artworks(40)
    triggers = [
        re.findall(r'hx-trigger="(.*?)"', client.get(f"/?page={n}").content.decode())
        for n in (1, 2, 3)
    ]
    assert triggers == [["revealed, click"], ["revealed, click"], ["click"]]
