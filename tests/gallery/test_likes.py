import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gallery.engagement.counters import like, unlike
from gallery.models import Artwork, Like
from tests.helpers import at_once

from .conftest import MakeArtworks


def likes() -> int:
    """Return the picture's count of likes, and check it against the rows."""
    count = Artwork.objects.get(slug="picture-0").like_count
    assert count == Like.objects.count()
    return count


def button_value(visitor: Client, address: str) -> str:
    """Return the value that a click on the like button would send."""
    page = visitor.get(address).content.decode()
    return ", ".join(re.findall(r'name="liked"\s+value="(.*?)"', page))


@pytest.fixture
def visitor(client: Client, make_artworks: MakeArtworks) -> Client:
    """Return a visitor who has opened the gallery."""
    make_artworks(1)
    client.get("/")
    return client


def test_like_without_javascript_leads_back_to_the_tile(visitor: Client) -> None:
    answer = visitor.post("/art/picture-0/like/", {"liked": "yes", "next": "/?sort=liked"})
    assert (answer.status_code, answer["Location"]) == (303, "/?sort=liked#art-picture-0")
    assert likes() == 1


def test_like_persists_for_the_visitor_and_for_nobody_else(visitor: Client) -> None:
    visitor.post("/art/picture-0/like/", {"liked": "yes"})
    for address in ("/", "/art/picture-0/"):
        assert button_value(visitor, address) == "no"
        assert button_value(Client(), address) == "yes"


def test_second_click_of_the_same_kind_counts_once(visitor: Client) -> None:
    for _ in range(2):
        visitor.post("/art/picture-0/like/", {"liked": "yes"})
    assert likes() == 1
    for _ in range(2):
        visitor.post("/art/picture-0/like/", {"liked": "no"})
    assert likes() == 0


def test_like_that_does_not_say_which_way_toggles(visitor: Client) -> None:
    counts = []
    for _ in range(3):
        visitor.post("/art/picture-0/like/")
        counts.append(likes())
    assert counts == [1, 0, 1]


def test_visitors_count_one_each(visitor: Client) -> None:
    for someone in (visitor, Client(), Client()):
        someone.post("/art/picture-0/like/", {"liked": "yes"})
    assert likes() == 3


def test_removed_like_removes_its_score(visitor: Client) -> None:
    visitor.post("/art/picture-0/like/")
    assert Artwork.objects.get().trending_score > 0
    visitor.post("/art/picture-0/like/")
    assert Artwork.objects.get().trending_score == 0


@pytest.mark.parametrize(("place", "button"), [("ticket", "ticket-like-"), ("", "tile-like-")])
def test_htmx_gets_the_new_button(visitor: Client, place: str, button: str) -> None:
    answer = visitor.post(
        "/art/picture-0/like/", {"liked": "yes", "place": place}, headers={"HX-Request": "true"}
    )
    part = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="{button}picture-0"' in part
    assert 'value="no"' in part
    assert 'aria-pressed="true"' in part
    assert "<html" not in part


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", ""])
def test_like_leads_nowhere_else(visitor: Client, target: str) -> None:
    answer = visitor.post("/art/picture-0/like/", {"next": target})
    assert answer["Location"] == "/#art-picture-0"


def test_like_is_for_post_with_the_form_s_token_only(visitor: Client) -> None:
    assert visitor.get("/art/picture-0/like/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/art/picture-0/like/").status_code == 403
    assert visitor.post("/art/no-such-picture/like/").status_code == 404
    assert likes() == 0


def test_gallery_with_likes_makes_no_more_queries(
    client: Client,
    make_artworks: MakeArtworks,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for picture in make_artworks(12):
        like(picture, visitor="v")
    with django_assert_max_num_queries(1):
        client.get("/")


@pytest.mark.django_db(transaction=True)
def test_likes_of_one_moment_count_once_for_one_and_each_for_many(
    make_artworks: MakeArtworks,
) -> None:
    (picture,) = make_artworks(1)
    at_once(*[lambda: like(picture, visitor="one")] * 4)
    assert likes() == 1
    at_once(*[lambda n=n: like(picture, visitor=f"v{n}") for n in range(4)])
    assert likes() == 5
    at_once(*[lambda: unlike(picture, visitor="one")] * 4)
    assert likes() == 4
