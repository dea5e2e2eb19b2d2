from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from gallery.engagement.counters import (
    HALF_LIFE,
    LIKE_WEIGHT,
    PRINT_WEIGHT,
    VIEW_WEIGHT,
    like,
    record,
    trending_score,
)
from gallery.models import Artwork, Engagement
from printora_integration.models import PrintSession
from tests.helpers import at_once

from .conftest import MakeArtworks
from .fake_printora import FakePrintora

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
VIEWED, PRINTED = Engagement.Kind.VIEW, Engagement.Kind.PRINT


def views() -> int:
    return Artwork.objects.get(slug="picture-0").view_count


def test_view_counts_once_a_day_and_visitor(client: Client, make_artworks: MakeArtworks) -> None:
    make_artworks(1)
    with time_machine.travel(NOW, tick=False) as traveller:
        for _ in range(3):
            assert client.post("/art/picture-0/seen/").status_code == 204
        assert views() == 1
        Client().post("/art/picture-0/seen/")
        assert views() == 2
        traveller.shift(timedelta(days=1))
        client.post("/art/picture-0/seen/")
        assert views() == 3


def test_reading_the_page_counts_nothing(client: Client, make_artworks: MakeArtworks) -> None:
    make_artworks(1)
    client.get("/art/picture-0/")
    client.get("/art/picture-0/seen/")
    assert (views(), Engagement.objects.count()) == (0, 0)


def test_view_needs_the_page_s_token(make_artworks: MakeArtworks) -> None:
    make_artworks(1)
    assert Client(enforce_csrf_checks=True).post("/art/picture-0/seen/").status_code == 403
    assert Client().post("/art/no-such-picture/seen/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_views_of_one_moment_count_once(make_artworks: MakeArtworks) -> None:
    (picture,) = make_artworks(1)
    at_once(*[lambda: record(picture, VIEWED, visitor="v")] * 4)
    assert views() == 1


def test_print_raises_the_score_once_a_day(
    client: Client, make_artworks: MakeArtworks, printora: FakePrintora
) -> None:
    make_artworks(1)
    for _ in range(2):
        assert client.post("/art/picture-0/print/").status_code == 303
    assert PrintSession.objects.count() == 1
    assert Engagement.objects.filter(kind=PRINTED).count() == 1
    assert views() == 0


def test_print_that_failed_leaves_the_score(
    client: Client, make_artworks: MakeArtworks, no_printora: None
) -> None:
    make_artworks(1)
    client.post("/art/picture-0/print/")
    assert Artwork.objects.get().trending_score == 0


def test_score_halves_in_a_week() -> None:
    like_now = trending_score(LIKE_WEIGHT, NOW)
    assert trending_score(LIKE_WEIGHT, NOW + HALF_LIFE) == pytest.approx(2 * like_now)
    assert trending_score(PRINT_WEIGHT, NOW) == pytest.approx(2 * like_now)
    assert trending_score(PRINT_WEIGHT, NOW) == 10 * trending_score(VIEW_WEIGHT, NOW)


def test_new_like_outweighs_an_old_one(make_artworks: MakeArtworks) -> None:
    old, new = make_artworks(2)
    with time_machine.travel(NOW, tick=False) as traveller:
        like(old, visitor="a")
        traveller.shift(timedelta(days=8))
        like(new, visitor="a")
    assert list(Artwork.objects.descending("trending_score")) == [new, old]


def test_two_likes_of_last_week_weigh_as_much_as_one_of_today(make_artworks: MakeArtworks) -> None:
    week_old, fresh = make_artworks(2)
    with time_machine.travel(NOW, tick=False) as traveller:
        for visitor in ("a", "b"):
            like(week_old, visitor=visitor)
        traveller.shift(timedelta(days=7))
        like(fresh, visitor="a")
        assert (
            Artwork.objects.get(pk=week_old.pk).trending_score
            == Artwork.objects.get(pk=fresh.pk).trending_score
        )
        like(fresh, visitor="b")
    assert list(Artwork.objects.descending("trending_score")) == [fresh, week_old]
