"""One intent, one session: the row and its key are saved before Printora is called."""

import traceback
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from printora_integration.exceptions import (
    ArgumentError,
    InvalidResponseError,
    TransportError,
)
from printora_integration.models import PrintSession
from tests.helpers import at_once
from tests.integration.sessions import LINK, SessionVendor, click

pytestmark = pytest.mark.django_db

Status = PrintSession.Status


def test_click_saves_a_session_with_its_link() -> None:
    session = click(SessionVendor())
    stored = PrintSession.objects.get()
    assert stored == session
    assert (stored.status, stored.redirect_url) == (Status.PENDING, LINK)
    assert (stored.visitor, stored.reference, stored.back_url) == ("v1", "dune", "/art/dune/")
    assert stored.session_id is not None


def test_printora_is_sent_the_picture_and_our_callback_pages() -> None:
    vendor = SessionVendor()
    click(vendor)
    assert vendor.bodies == [
        {
            "imageUrl": "http://localhost:8000/static/art/dune.jpg",
            "successUrl": "http://localhost:8000/callback/success/",
            "failedUrl": "http://localhost:8000/callback/failed/",
        }
    ]


@pytest.mark.django_db(transaction=True)
def test_row_with_its_key_is_committed_before_the_call() -> None:
    vendor = SessionVendor()
    seen: list[tuple[bool, list[str]]] = []

    def look() -> None:
        keys = PrintSession.objects.values_list("idempotency_key", flat=True)
        seen.append((transaction.get_connection().in_atomic_block, [str(key) for key in keys]))

    vendor.before = look
    click(vendor)
    assert seen == [(False, vendor.keys)]


def test_second_click_finds_the_session_without_a_call() -> None:
    vendor = SessionVendor()
    first, second = click(vendor), click(vendor)
    assert (first.pk, second.redirect_url) == (second.pk, LINK)
    assert len(vendor.keys) == 1


def test_retry_after_a_timeout_repeats_the_key() -> None:
    vendor = SessionVendor()
    vendor.failures = 1
    with pytest.raises(TransportError):
        click(vendor)
    assert PrintSession.objects.get().status == Status.NEW
    assert click(vendor).redirect_url == LINK
    assert len(vendor.keys) == 2
    assert len(set(vendor.keys)) == 1
    assert PrintSession.objects.count() == 1


def test_another_visitor_gets_a_session_of_their_own() -> None:
    vendor = SessionVendor()
    assert click(vendor, visitor="v1").pk != click(vendor, visitor="v2").pk
    assert len(set(vendor.keys)) == 2


def test_another_picture_gets_a_session_of_its_own() -> None:
    vendor = SessionVendor()
    assert click(vendor, reference="dune").pk != click(vendor, reference="reef").pk


def test_other_picture_under_the_same_reference_gets_a_session_of_its_own() -> None:
    vendor = SessionVendor()
    first = click(vendor)
    second = click(vendor, image_url="http://localhost:8000/static/art/dune-2.jpg")
    first.refresh_from_db()
    assert (first.status, second.status) == (Status.EXPIRED, Status.PENDING)
    assert second.image_url.endswith("dune-2.jpg")
    assert vendor.bodies[1]["imageUrl"].endswith("dune-2.jpg")
    assert len(set(vendor.keys)) == 2


# --- At once --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_clicks_on_two_pictures_at_once_each_get_their_own() -> None:
    vendor = SessionVendor()
    urls = [f"http://localhost:8000/static/art/{number}.jpg" for number in (1, 2)] * 8

    def attempt(url: str) -> Callable[[], str]:
        return lambda: click(vendor, image_url=url).image_url

    assert at_once(*map(attempt, urls)) == urls
    assert PrintSession.objects.open().count() == 1


@pytest.mark.django_db(transaction=True)
def test_clicks_at_once_make_one_row_and_one_key() -> None:
    vendor = SessionVendor()

    def attempt() -> str:
        return click(vendor).redirect_url

    assert at_once(*[attempt] * 20) == [LINK] * 20
    assert PrintSession.objects.count() == 1
    assert len(set(vendor.keys)) == 1


# --- What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize("link", ["", None])
def test_response_without_a_link_is_invalid(link: str | None) -> None:
    with pytest.raises(InvalidResponseError, match="redirectUrl"):
        click(SessionVendor(link=link))


def test_session_id_that_another_row_holds_is_invalid() -> None:
    vendor = SessionVendor(session_id="sess_1")
    click(vendor, visitor="v1")
    with pytest.raises(InvalidResponseError) as refusal:
        click(vendor, visitor="v2")
    assert "sess_1" not in "".join(traceback.format_exception(refusal.value))
    assert PrintSession.objects.get(visitor="v2").status == Status.NEW


def test_long_back_url_is_stored() -> None:
    back_url = "/art/dune/?" + "q" * 3000
    assert click(SessionVendor(), back_url=back_url).back_url == back_url


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("visitor", "v" * 65),
        ("reference", "r" * 256),
        ("title", "t" * 256),
        ("title", "Dune\x00"),
        ("back_url", "/\ud800"),
    ],
)
def test_argument_that_no_column_can_hold_is_named(argument: str, value: str) -> None:
    arguments: dict[str, Any] = {argument: value}
    with pytest.raises(ArgumentError, match=rf"^{argument} "):
        click(SessionVendor(), **arguments)
    assert not PrintSession.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_start_inside_a_transaction_is_an_error() -> None:
    vendor = SessionVendor()
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        click(vendor)
    assert vendor.keys == []
