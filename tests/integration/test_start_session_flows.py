"""Flows B and C: a creator's merch and one item are chosen as surely as a picture."""

from typing import Any

import httpx
import pytest

from printora_integration.client import PrintChoice, UserData
from printora_integration.exceptions import ArgumentError, NotFoundError, TransportError
from printora_integration.models import PrintSession
from printora_integration.print_sessions.start import start_print_session
from tests.integration.printora import client_for
from tests.integration.sessions import SessionVendor, click

pytestmark = pytest.mark.django_db

Status = PrintSession.Status
SHIRT: dict[str, Any] = {"merch_id": "m1", "variant_id": "v1", "quantity": 2}


def test_creators_merch_is_requested_and_stored() -> None:
    vendor = SessionVendor()
    session = click(vendor, creator_id="c1")
    session.refresh_from_db()
    assert (session.mode, session.creator_id, session.status) == ("creator", "c1", Status.PENDING)
    [body] = vendor.bodies
    assert body.keys() == {"creatorId", "successUrl", "failedUrl"}
    assert body["creatorId"] == "c1"


def test_merch_item_is_requested_and_stored() -> None:
    vendor = SessionVendor()
    session = click(vendor, **SHIRT)
    session.refresh_from_db()
    assert (session.mode, session.merch_id, session.variant_id) == ("merch", "m1", "v1")
    assert session.quantity == 2
    [body] = vendor.bodies
    assert (body["merchId"], body["variantId"], body["quantity"]) == ("m1", "v1", 2)
    assert "imageUrl" not in body


def test_merch_item_without_a_variant_leaves_that_to_printora() -> None:
    vendor = SessionVendor()
    click(vendor, merch_id="m1")
    assert vendor.bodies[0].keys() == {"merchId", "successUrl", "failedUrl"}


@pytest.mark.parametrize("choice", [{"creator_id": "c1"}, {"merch_id": "m1"}, SHIRT])
def test_same_choice_finds_the_session_without_a_call(choice: dict[str, Any]) -> None:
    vendor = SessionVendor()
    assert click(vendor, **choice) == click(vendor, **choice)
    assert len(vendor.keys) == 1


def test_retry_of_a_merch_item_repeats_the_key() -> None:
    vendor = SessionVendor()
    vendor.failures = 1
    with pytest.raises(TransportError):
        click(vendor, **SHIRT)
    click(vendor, **SHIRT)
    assert len(set(vendor.keys)) == 1
    assert vendor.bodies[0] == vendor.bodies[-1]


@pytest.mark.parametrize(
    "other",
    [
        SHIRT | {"variant_id": "v2"},
        SHIRT | {"quantity": 3},
        {"merch_id": "m1", "variant_id": "v1"},
        {"merch_id": "m1"},
        {"merch_id": "m2"},
        {"creator_id": "c1"},
        {"image_url": "http://localhost:8000/static/art/dune.jpg"},
    ],
)
@pytest.mark.parametrize("visited", [False, True])
def test_other_choice_expires_the_old_session_and_begins_anew(
    other: dict[str, Any], visited: bool
) -> None:
    vendor = SessionVendor()
    first = click(vendor, **SHIRT)
    if visited:
        PrintSession.objects.all().mark_visited()
    second = click(vendor, **other)
    first.refresh_from_db()
    assert (first.status, second.status) == (Status.EXPIRED, Status.PENDING)
    assert len(set(vendor.keys)) == 2
    # And back again: the first one stays expired.
    assert click(vendor, **SHIRT).pk not in {first.pk, second.pk}


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"creator_id": "c1", "merch_id": "m1"}, "creator_id and merch_id"),
        ({"creator_id": "c1", "variant_id": "v1"}, "variant_id"),
        ({"creator_id": "c1", "quantity": 1}, "quantity"),
        ({"merch_id": "m1", "quantity": 0}, "quantity"),
        ({"merch_id": "m1", "quantity": 101}, "quantity"),
        ({"merch_id": "m1", "quantity": True}, "quantity"),
        ({"merch_id": "m" * 129}, "merch_id"),
        ({"merch_id": ""}, "merch_id"),
        ({"creator_id": " "}, "creator_id"),
        ({"merch_id": "m1", "variant_id": "v\x00"}, "variant_id"),
        ({"merch_id": "m1", "picture_url": "\ud800"}, "picture_url"),
        ({"image_url": "/static/art/dune.jpg"}, "image_url"),
    ],
)
def test_choice_that_cannot_be_right_is_refused_before_anything_is_stored(
    choice: dict[str, Any], message: str
) -> None:
    vendor = SessionVendor()
    with pytest.raises(ArgumentError, match=message):
        click(vendor, **choice)
    assert vendor.keys == []
    assert not PrintSession.objects.exists()


def test_customer_data_is_sent_and_not_stored() -> None:
    vendor = SessionVendor()
    session = click(vendor, creator_id="c1", user_data=UserData(email="grace@example.com"))
    assert vendor.bodies[0]["userData"] == {"email": "grace@example.com"}
    row = PrintSession.objects.values().get(pk=session.pk)
    assert "grace" not in str(row)


@pytest.mark.parametrize(
    ("response", "picture"),
    [
        ({"imageUrl": "https://printora.ai/a.png"}, "https://printora.ai/a.png"),
        ({"merch": {"id": "m1", "designImageUrl": "https://p.ai/b.png"}}, "https://p.ai/b.png"),
        ({"imageUrl": "javascript:alert(1)"}, ""),
        ({}, ""),
    ],
)
def test_picture_that_printora_shows_is_stored_for_our_pages(
    response: dict[str, Any], picture: str
) -> None:
    click(SessionVendor(**response), merch_id="m1")
    assert PrintSession.objects.get().image_url == picture


def test_picture_of_our_own_comes_first_and_is_no_part_of_the_choice() -> None:
    vendor = SessionVendor(imageUrl="https://printora.ai/a.png")
    first = click(vendor, merch_id="m1", picture_url="/static/art/dune.jpg")
    assert PrintSession.objects.get().image_url == "/static/art/dune.jpg"
    assert click(vendor, merch_id="m1", picture_url="/static/art/reef.jpg").pk == first.pk


def test_creator_that_printora_does_not_know_is_not_found() -> None:
    body = {"error": {"code": "NOT_FOUND", "message": "Creator"}}
    with pytest.raises(NotFoundError):
        start_print_session(
            PrintChoice(creator_id="c1"),
            visitor="v1",
            reference="ada",
            title="Ada",
            back_url="/",
            client=client_for(lambda _request: httpx.Response(404, json=body)),
        )
