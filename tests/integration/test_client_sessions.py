"""What the client sends for a session: three flows, a key, and the pages to come back to."""

import json
from typing import Any

import httpx
import pytest

from printora_integration.client import PrintChoice, UserData
from printora_integration.exceptions import ArgumentError
from tests.integration.printora import (
    FAILED_URL,
    PICTURE,
    SUCCESS_URL,
    Printora,
    client_for,
    create_session,
    refuse_all,
)

CALLBACK_URLS = {"successUrl": SUCCESS_URL, "failedUrl": FAILED_URL}
CREATED = {"data": {"sessionId": "s1", "redirectUrl": "https://printora.ai/en/print/tok_1"}}


def test_session_is_created_with_one_post() -> None:
    printora = Printora(CREATED, status=201)
    create_session(client_for(printora, api_key="sk_test_9"), idempotency_key="key-9")
    [request] = printora.requests
    assert (request.method, request.url.path) == ("POST", "/api/v1/partner-session")
    assert request.headers["authorization"] == "Bearer sk_test_9"
    assert request.headers["idempotency-key"] == "key-9"
    assert request.headers["content-type"] == "application/json"
    assert json.loads(request.content) == {"imageUrl": PICTURE} | CALLBACK_URLS


@pytest.mark.parametrize(
    ("choice", "sent"),
    [
        ({"image_url": "https://example.com/a.jpg"}, {"imageUrl": "https://example.com/a.jpg"}),
        ({"creator_id": "c1"}, {"creatorId": "c1"}),
        ({"merch_id": "m1"}, {"merchId": "m1"}),
        (
            {"merch_id": "m1", "variant_id": "v1", "quantity": 100},
            {"merchId": "m1", "variantId": "v1", "quantity": 100},
        ),
    ],
)
def test_each_flow_sends_its_own_fields(choice: dict[str, Any], sent: dict[str, Any]) -> None:
    printora = Printora(CREATED, status=201)
    create_session(client_for(printora), **choice)
    assert printora.bodies == [sent | CALLBACK_URLS]


def test_data_of_the_visitor_are_sent_and_not_shown() -> None:
    printora = Printora(CREATED, status=201)
    visitor = UserData(email="g@example.com", first_name="Grace", name="Grace H")
    create_session(client_for(printora), creator_id="c1", user_data=visitor)
    create_session(client_for(printora), creator_id="c1", user_data=UserData())
    assert printora.bodies[0]["userData"] == {
        "email": "g@example.com",
        "firstName": "Grace",
        "name": "Grace H",
    }
    assert "userData" not in printora.bodies[1]
    assert "example.com" not in repr(visitor)


# --- What is refused before the call --------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({}, "image_url, creator_id, merch_id, not none"),
        ({"creator_id": "c1", "merch_id": "m1"}, "not creator_id and merch_id"),
        ({"merch_id": "m1", "quantity": 0}, "quantity"),
        ({"merch_id": "m1", "quantity": 101}, "quantity"),
        ({"merch_id": "m1", "quantity": 1.5}, "quantity"),
        ({"merch_id": "m1", "quantity": True}, "quantity"),
        ({"merch_id": ""}, "merch_id"),
        ({"creator_id": "c" * 129}, "creator_id"),
        ({"creator_id": "c1", "quantity": 1}, "quantity goes with merch_id"),
        ({"creator_id": "c1", "variant_id": "v1"}, "variant_id goes with merch_id"),
    ],
)
def test_choice_that_cannot_be_right_is_refused(choice: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        PrintChoice(**choice)


@pytest.mark.parametrize("argument", ["image_url", "success_url", "failed_url"])
@pytest.mark.parametrize(
    "url",
    [
        *("", "/dune.jpg", "//example.com/dune.jpg", "ftp://example.com/x", "javascript:alert(1)"),
        "https://example.com/\ud800",
    ],
)
def test_url_that_is_not_absolute_is_refused_before_the_call(argument: str, url: str) -> None:
    arguments: dict[str, Any] = {"image_url": PICTURE} | {argument: url}
    with pytest.raises(ArgumentError, match=f"^{argument} must be an absolute"):
        create_session(client_for(refuse_all), **arguments)


@pytest.mark.parametrize("key", ["", "é", "a\nb"])
def test_idempotency_key_that_no_header_can_hold_is_refused_before_the_call(key: str) -> None:
    with pytest.raises(ArgumentError, match=r"^idempotency_key"):
        create_session(client_for(refuse_all), idempotency_key=key)


@pytest.mark.parametrize("session_id", ["", ".", "..", "a\nb", "\ud800"])
def test_id_that_would_name_another_endpoint_is_refused(session_id: str) -> None:
    with pytest.raises(ArgumentError, match=r"^session_id must be an id"):
        client_for(refuse_all).sessions.get(session_id)


# --- Trying again ---------------------------------------------------------------------------------


def test_failed_attempt_is_repeated_with_the_same_key() -> None:
    keys: list[str] = []

    def lose_the_first(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers["idempotency-key"])
        if len(keys) == 1:
            raise httpx.ReadTimeout("the response was lost", request=request)
        return httpx.Response(409, json=CREATED | {"success": True})

    assert create_session(client_for(lose_the_first)).session_id == "s1"
    assert keys == ["key-1", "key-1"]
