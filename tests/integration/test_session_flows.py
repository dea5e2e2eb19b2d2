"""Flows B and C: a creator's shelf and one merch item are chosen as surely as a picture."""

import json
import uuid
from typing import Any

import httpx
import pytest

from printora_integration.exceptions import ArgumentError, NotFoundError, TransportError
from printora_integration.models import PrintSession
from printora_integration.print_sessions.start import start_print_session
from printora_integration.schemas.requests import UserData
from tests.integration.printora import client_for

pytestmark = pytest.mark.django_db

Status = PrintSession.Status
SHIRT = {"merch_id": "m1", "variant_id": "v1", "quantity": 2}


class Vendor:
    """Make one session an idempotency key, and remember what was asked."""

    def __init__(self, **response: Any) -> None:
        self.response = response
        self.keys: list[str] = []
        self.bodies: list[dict[str, Any]] = []
        self.is_down = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        key = request.headers["idempotency-key"]
        status = 409 if key in self.keys else 201
        self.keys.append(key)
        self.bodies.append(json.loads(request.content))
        if self.is_down:
            raise httpx.ReadTimeout("the response was lost", request=request)
        data = {"sessionId": str(uuid.uuid5(uuid.NAMESPACE_URL, key))} | self.response
        data["redirectUrl"] = "https://printora.ai/en/print/tok"
        return httpx.Response(status, json={"success": True, "data": data})


def click(vendor: Vendor, **choice: Any) -> PrintSession:
    return start_print_session(
        visitor="v1",
        reference="ada-shirt",
        title="Ada's shirt",
        back_url="/creators/ada/",
        client=client_for(vendor, deadline=0.3),
        **choice,
    )


def test_creators_shelf_is_asked_for_and_kept() -> None:
    vendor = Vendor()
    session = click(vendor, creator_id="c1")
    session.refresh_from_db()
    assert (session.mode, session.creator_id, session.status) == ("creator", "c1", Status.PENDING)
    [body] = vendor.bodies
    assert body.keys() == {"creatorId", "successUrl", "failedUrl"}
    assert body["creatorId"] == "c1"


def test_merch_item_is_asked_for_and_kept() -> None:
    vendor = Vendor()
    session = click(vendor, **SHIRT)
    session.refresh_from_db()
    assert (session.mode, session.merch_id, session.variant_id) == ("merch", "m1", "v1")
    assert session.quantity == 2
    [body] = vendor.bodies
    assert (body["merchId"], body["variantId"], body["quantity"]) == ("m1", "v1", 2)
    assert "imageUrl" not in body


def test_merch_item_without_a_variant_leaves_that_to_printora() -> None:
    vendor = Vendor()
    click(vendor, merch_id="m1")
    assert vendor.bodies[0].keys() == {"merchId", "successUrl", "failedUrl"}


@pytest.mark.parametrize("choice", [{"creator_id": "c1"}, {"merch_id": "m1"}, SHIRT])
def test_same_choice_finds_the_session_without_a_call(choice: dict[str, Any]) -> None:
    vendor = Vendor()
    assert click(vendor, **choice) == click(vendor, **choice)
    assert len(vendor.keys) == 1


def test_retry_of_a_merch_item_repeats_the_key() -> None:
    vendor = Vendor()
    vendor.is_down = True
    with pytest.raises(TransportError):
        click(vendor, **SHIRT)
    vendor.is_down = False
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
def test_other_choice_closes_the_old_session_and_begins_anew(
    other: dict[str, Any], visited: bool
) -> None:
    vendor = Vendor()
    first = click(vendor, **SHIRT)
    if visited:
        PrintSession.objects.all().mark_visited()
    second = click(vendor, **other)
    first.refresh_from_db()
    assert (first.status, second.status) == (Status.EXPIRED, Status.PENDING)
    assert len(set(vendor.keys)) == 2
    # And back again: the first one stays closed.
    assert click(vendor, **SHIRT).pk not in {first.pk, second.pk}


@pytest.mark.parametrize(
    ("choice", "named"),
    [
        ({}, "image_url, creator_id, merch_id"),
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
def test_choice_that_is_none_is_refused_before_anything_is_kept(
    choice: dict[str, Any], named: str
) -> None:
    vendor = Vendor()
    with pytest.raises(ArgumentError, match=named):
        click(vendor, **choice)
    assert vendor.keys == []
    assert not PrintSession.objects.exists()


def test_customer_data_is_sent_and_not_kept() -> None:
    vendor = Vendor()
    session = click(vendor, creator_id="c1", user_data=UserData(email="grace@example.com"))
    assert vendor.bodies[0]["userData"] == {"email": "grace@example.com"}
    kept = PrintSession.objects.values().get(pk=session.pk)
    assert "grace" not in str(kept)


@pytest.mark.parametrize(
    ("response", "picture"),
    [
        ({"imageUrl": "https://printora.ai/a.png"}, "https://printora.ai/a.png"),
        ({"merch": {"id": "m1", "designImageUrl": "https://p.ai/b.png"}}, "https://p.ai/b.png"),
        ({"imageUrl": "javascript:alert(1)"}, ""),
        ({}, ""),
    ],
)
def test_picture_that_printora_shows_is_kept_for_our_pages(
    response: dict[str, Any], picture: str
) -> None:
    click(Vendor(**response), merch_id="m1")
    assert PrintSession.objects.get().image_url == picture


def test_picture_of_our_own_goes_first_and_is_no_part_of_the_choice() -> None:
    vendor = Vendor(imageUrl="https://printora.ai/a.png")
    first = click(vendor, merch_id="m1", picture_url="/static/art/dune.jpg")
    assert PrintSession.objects.get().image_url == "/static/art/dune.jpg"
    assert click(vendor, merch_id="m1", picture_url="/static/art/reef.jpg").pk == first.pk


def test_creator_of_nobody_is_told_as_such() -> None:
    def unknown(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(404, json={"error": {"code": "NOT_FOUND", "message": "Creator"}})

    with pytest.raises(NotFoundError):
        start_print_session(
            visitor="v1",
            reference="ada",
            title="Ada",
            back_url="/",
            creator_id="c1",
            client=client_for(unknown),
        )
