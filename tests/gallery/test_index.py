import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from .conftest import MakeArtworks


def test_gallery_page_makes_at_most_four_queries_with_one_hundred_artworks(
    client: Client,
    make_artworks: MakeArtworks,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make_artworks(100)
    with django_assert_max_num_queries(4):
        assert client.get("/").status_code == 200


def test_gallery_page_makes_at_most_four_queries_for_staff(
    admin_client: Client,
    make_artworks: MakeArtworks,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make_artworks(100)
    with django_assert_max_num_queries(4):
        assert admin_client.get("/").status_code == 200


def test_gallery_shows_the_newest_picture_first(
    client: Client, make_artworks: MakeArtworks
) -> None:
    make_artworks(3)
    titles = re.findall(r'href="/art/(.*?)/"', client.get("/").content.decode())
    assert titles == ["picture-2", "picture-1", "picture-0"]


def test_every_picture_is_on_exactly_one_page(client: Client, make_artworks: MakeArtworks) -> None:
    make_artworks(30)
    seen = [
        slug
        for number in (1, 2, 3)
        for slug in re.findall(
            r'href="/art/(.*?)/"', client.get(f"/?page={number}").content.decode()
        )
    ]
    assert seen == [f"picture-{n}" for n in reversed(range(30))]


def test_gallery_links_to_the_next_page_only_where_there_is_one(
    client: Client, make_artworks: MakeArtworks
) -> None:
    make_artworks(13)
    first, last = (client.get(f"/?page={n}").content.decode() for n in (1, 2))
    assert 'href="?page=2"' in first
    assert 'rel="prev"' not in first
    assert 'rel="prev" href="?"' in last
    assert 'rel="next"' not in last


@pytest.mark.parametrize(
    "number", ["", "0", "-1", "2", "x", "1.5", "٣", "99999999999999999999", "1 "]
)
def test_gallery_answers_404_for_a_page_that_is_not_there(
    client: Client, make_artworks: MakeArtworks, number: str
) -> None:
    make_artworks(3)
    assert client.get("/", {"page": number}).status_code == 404


def test_gallery_loads_the_first_picture_first_and_the_far_ones_later(
    client: Client, make_artworks: MakeArtworks
) -> None:
    make_artworks(6)
    page = client.get("/").content.decode()
    assert page.count('fetchpriority="high"') == 1
    assert page.count('loading="lazy"') == 2


def test_empty_gallery_shows_how_to_load_pictures(client: Client, db: None) -> None:
    page = client.get("/").content.decode()
    assert "The gallery is empty" in page
    assert "manage.py seed" in page


def test_hostile_title_is_shown_as_text(client: Client, make_artworks: MakeArtworks) -> None:
    make_artworks(1, title="<script>alert(1)</script>")
    page = client.get("/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_pages_carry_nothing_that_the_content_security_policy_bars(
    client: Client, make_artworks: MakeArtworks
) -> None:
    make_artworks(2)
    for address in ("/", "/art/picture-0/", "/accounts/login/"):
        page = client.get(address).content.decode()
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page)


def test_nav_shows_the_dashboard_to_staff_only(
    client: Client, admin_client: Client, db: None
) -> None:
    someone = Client()
    someone.force_login(User.objects.create_user("someone"))
    assert "/dashboard/" not in client.get("/").content.decode()
    assert "/dashboard/" not in someone.get("/").content.decode()
    assert "/dashboard/" in admin_client.get("/").content.decode()
