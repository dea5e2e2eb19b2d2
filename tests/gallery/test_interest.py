from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from gallery.heat import HALF_LIFE, LIKE, PRINT, VIEW, heat
from gallery.interest import like, record
from gallery.models import Artwork, Interest
from printora_integration.models import PrintSession
from tests.helpers import at_once

from .conftest import FakePrintora, HangPictures

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
VIEWED, PRINTED = Interest.Kind.VIEW, Interest.Kind.PRINT


def views() -> int:
    return Artwork.objects.get(slug="picture-0").view_count


def test_look_counts_once_a_day_and_visitor(client: Client, hang: HangPictures) -> None:
    hang(1)
    with time_machine.travel(NOW, tick=False) as traveller:
        for _ in range(3):
            assert client.post("/art/picture-0/seen/").status_code == 204
        assert views() == 1
        Client().post("/art/picture-0/seen/")
        assert views() == 2
        traveller.shift(timedelta(days=1))
        client.post("/art/picture-0/seen/")
        assert views() == 3


def test_reading_the_page_counts_nothing(client: Client, hang: HangPictures) -> None:
    hang(1)
    client.get("/art/picture-0/")
    client.get("/art/picture-0/seen/")
    assert (views(), Interest.objects.count()) == (0, 0)


def test_look_needs_the_page_s_token(hang: HangPictures) -> None:
    hang(1)
    assert Client(enforce_csrf_checks=True).post("/art/picture-0/seen/").status_code == 403
    assert Client().post("/art/no-such-picture/seen/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_looks_of_one_moment_count_once(hang: HangPictures) -> None:
    (picture,) = hang(1)
    at_once(*[lambda: record(picture, VIEWED, visitor="v")] * 4)
    assert views() == 1


def test_print_warms_a_picture_once_a_day(
    client: Client, hang: HangPictures, printora: FakePrintora
) -> None:
    hang(1)
    for _ in range(2):
        assert client.post("/art/picture-0/print/").status_code == 303
    assert PrintSession.objects.count() == 1
    assert Interest.objects.filter(kind=PRINTED).count() == 1
    assert views() == 0


def test_print_that_failed_warms_nothing(
    client: Client, hang: HangPictures, no_printora: None
) -> None:
    hang(1)
    client.post("/art/picture-0/print/")
    assert Artwork.objects.get().heat == 0


def test_heat_halves_in_a_week() -> None:
    assert heat(LIKE, NOW + HALF_LIFE) == pytest.approx(2 * heat(LIKE, NOW))
    assert heat(PRINT, NOW) == pytest.approx(2 * heat(LIKE, NOW)) == 10 * heat(VIEW, NOW)


def test_new_like_outweighs_an_old_one(hang: HangPictures) -> None:
    old, new = hang(2)
    with time_machine.travel(NOW, tick=False) as traveller:
        like(old, visitor="a")
        traveller.shift(timedelta(days=8))
        like(new, visitor="a")
    assert list(Artwork.objects.by("heat")) == [new, old]


def test_two_likes_of_last_week_weigh_as_much_as_one_of_today(hang: HangPictures) -> None:
    week_old, fresh = hang(2)
    with time_machine.travel(NOW, tick=False) as traveller:
        for visitor in ("a", "b"):
            like(week_old, visitor=visitor)
        traveller.shift(timedelta(days=7))
        like(fresh, visitor="a")
        assert Artwork.objects.get(pk=week_old.pk).heat == Artwork.objects.get(pk=fresh.pk).heat
        like(fresh, visitor="b")
    assert list(Artwork.objects.by("heat")) == [fresh, week_old]
