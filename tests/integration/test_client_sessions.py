"""Sessions: three flows to create them, two ways to read them."""

from decimal import Decimal
from typing import Any

import pytest

from printora_integration.client import UserData
from printora_integration.exceptions import ArgumentError
from vendor_kit.responses import Exchange, Response

from .printora import Printora, client_for, refusing

WAYS_BACK = {"successUrl": "https://example.com/yes/", "failedUrl": "https://example.com/no/"}
CALL: dict[str, Any] = {
    "idempotency_key": "key-1",
    "success_url": WAYS_BACK["successUrl"],
    "failed_url": WAYS_BACK["failedUrl"],
}
CREATED = {"data": {"sessionId": "s1", "redirectUrl": "https://printora.ai/en/print/tok_1"}}


@pytest.mark.parametrize(
    ("arguments", "sent"),
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
def test_each_flow_sends_its_own_fields(arguments: dict[str, Any], sent: dict[str, Any]) -> None:
    printora = Printora(CREATED, status=201)
    client_for(printora).sessions.create(**CALL, **arguments)
    assert printora.bodies == [sent | WAYS_BACK]


def test_what_is_known_of_the_visitor_is_sent() -> None:
    printora = Printora(CREATED, status=201)
    visitor = UserData(email="g@example.com", first_name="Grace", name="Grace H")
    client_for(printora).sessions.create(**CALL, creator_id="c1", user_data=visitor)
    client_for(printora).sessions.create(**CALL, creator_id="c1", user_data=UserData())
    assert printora.bodies[0]["userData"] == {
        "email": "g@example.com",
        "firstName": "Grace",
        "name": "Grace H",
    }
    assert "userData" not in printora.bodies[1]
    assert "example.com" not in repr(visitor)


@pytest.mark.parametrize(
    ("arguments", "named"),
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
        ({"creator_id": "c1", "success_url": "/yes/"}, "success_url"),
        ({"creator_id": "c1", "idempotency_key": ""}, "idempotency_key"),
    ],
)
def test_impossible_session_is_refused_before_the_call(
    arguments: dict[str, Any], named: str
) -> None:
    with pytest.raises(ArgumentError, match=named):
        client_for(refusing).sessions.create(**(CALL | arguments))


def test_session_of_a_merch_item_tells_item_and_cart() -> None:
    data = CREATED["data"] | {
        "sessionMode": "merch",
        "merch": {"id": "m1", "title": "Dune tee", "stockRemaining": 3},
        "cartItems": [{"variant_id": "v1", "quantity": 2, "price": 20.1}],
    }
    printora = Printora({"success": True, "data": data}, status=201)
    session = client_for(printora).sessions.create(**CALL, merch_id="m1")
    assert session.merch is not None
    assert (session.merch.title, session.merch.stock_remaining) == ("Dune tee", 3)
    assert session.cart_items is not None
    [item] = session.cart_items
    assert (item.variant_id, item.quantity, item.price) == ("v1", 2, Decimal("20.1"))


def test_session_does_not_show_its_link() -> None:
    session = client_for(Printora(CREATED)).sessions.get("s1")
    assert session.redirect_url is not None
    assert "tok_1" not in repr(session)


def test_link_is_looked_up_by_its_token() -> None:
    printora = Printora({"data": {"isValid": False, "is_completed": True, "sessionId": "s1"}})
    state = client_for(printora).sessions.by_token("tok_1")
    assert printora.asked == ["GET /partner-session/by-token/tok_1"]
    assert (state.is_valid, state.is_completed, state.session_id) == (False, True, "s1")


@pytest.mark.parametrize("session_id", ["", ".", "..", "a\nb", "\ud800"])
def test_id_that_would_name_another_endpoint_is_refused(session_id: str) -> None:
    with pytest.raises(ArgumentError, match=r"^session_id must be an id"):
        client_for(refusing).sessions.get(session_id)


def test_exchange_and_reply_do_not_print_what_they_hold() -> None:
    seen: list[Exchange] = []
    client_for(Printora(CREATED, status=201), on_exchange=seen.append).sessions.create(
        **CALL, image_url="https://example.com/a.jpg", user_data=UserData(email="grace@example.com")
    )
    reply = Response(status=201, headers={}, body=b"tok_1")
    assert "grace" in str(seen[0].sent)
    assert "tok_1" in str(seen[0].received)
    assert [secret for secret in ("grace", "tok_1") if secret in f"{seen} {reply}"] == []
