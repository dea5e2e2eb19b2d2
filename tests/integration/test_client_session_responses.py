"""What the client makes of Printora's sessions: typed, in either spelling, and never shown."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest

from printora_integration.client import PrintoraClient, UserData
from printora_integration.exceptions import ConflictError, InvalidResponseError
from tests.helpers import SESSION
from tests.integration.printora import Printora, client_for, create_session
from vendor_kit.responses import Exchange

RESPONSE = {
    "success": True,
    "data": {
        "sessionId": SESSION.upper(),
        "redirectUrl": "https://printora.ai/en/print/tok_1",
        "imageUrl": "https://gallery.example.com/dune.jpg",
        "sessionMode": "image",
        "creatorId": None,
        "createdAt": "2026-02-27T01:02:33.444Z",
        "somethingNew": {"x": 1},
    },
}


def answering(status: int = 201, body: Any = RESPONSE) -> PrintoraClient:
    return client_for(lambda _request: httpx.Response(status, json=body))


def test_created_session_is_typed() -> None:
    session = create_session(answering())
    assert session.session_id == SESSION
    assert session.redirect_url == "https://printora.ai/en/print/tok_1"
    assert session.session_mode == "image"
    assert session.creator_id is None
    assert session.created_at == datetime(2026, 2, 27, 1, 2, 33, 444000, UTC)


def test_same_key_again_is_a_success() -> None:
    assert create_session(answering(409)).session_id == SESSION


def test_conflict_without_success_is_an_error() -> None:
    body = {"success": False, "error": {"code": "DUPLICATE_SESSION", "message": "Other body."}}
    with pytest.raises(ConflictError) as conflict:
        create_session(answering(409, body))
    assert conflict.value.code == "DUPLICATE_SESSION"


def test_flat_response_in_snake_case_is_read() -> None:
    body = {"session_id": "sess_1", "redirect_url": "https://printora.ai/customize?session=1"}
    session = create_session(answering(200, body))
    assert (session.session_id, session.redirect_url) == ("sess_1", body["redirect_url"])


def test_session_is_read_by_its_id() -> None:
    data = {"sessionId": "s", "status": "completed", "order": {"id": "o1"}}
    printora = Printora({"success": True, "data": data})
    session = client_for(printora).sessions.get("sess/..?x")
    assert printora.calls == ["GET /partner-session/sess%2F..%3Fx"]
    assert session.status == "completed"
    assert session.order is not None
    assert session.order.id == "o1"


def test_session_of_a_merch_item_has_the_item_and_the_cart() -> None:
    data = {
        "sessionId": "s1",
        "sessionMode": "merch",
        "merch": {"id": "m1", "title": "Dune tee", "stockRemaining": 3},
        "cartItems": [{"variant_id": "v1", "quantity": 2, "price": 20.1}],
    }
    session = create_session(answering(201, {"success": True, "data": data}), merch_id="m1")
    assert session.merch is not None
    assert (session.merch.title, session.merch.stock_remaining) == ("Dune tee", 3)
    assert session.cart_items is not None
    [item] = session.cart_items
    assert (item.variant_id, item.quantity, item.price) == ("v1", 2, Decimal("20.1"))


def test_link_is_looked_up_by_its_token() -> None:
    printora = Printora({"data": {"isValid": False, "is_completed": True, "sessionId": "s1"}})
    state = client_for(printora).sessions.by_token("tok_1")
    assert printora.calls == ["GET /partner-session/by-token/tok_1"]
    assert (state.is_valid, state.is_completed, state.session_id) == (False, True, "s1")


# --- Responses that are odd -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "response",
    [
        pytest.param(httpx.Response(200, text="<html>Welcome</html>"), id="a page"),
        pytest.param(httpx.Response(200, content=b""), id="nothing"),
        pytest.param(httpx.Response(200, json=["session"]), id="a list"),
        pytest.param(httpx.Response(200, json={"success": True}), id="no session"),
        pytest.param(httpx.Response(200, json={"success": True, "data": []}), id="a list as data"),
        pytest.param(httpx.Response(200, json={"success": True, "data": None}), id="null as data"),
        pytest.param(httpx.Response(200, json={"data": {"sessionId": 5}}), id="a wrong type"),
        pytest.param(httpx.Response(200, json=RESPONSE | {"success": False}), id="no success"),
        pytest.param(httpx.Response(302, headers={"location": "https://evil.example"}), id="moved"),
        pytest.param(httpx.Response(204), id="no content"),
    ],
)
def test_response_that_is_no_session_is_invalid(response: httpx.Response) -> None:
    with pytest.raises(InvalidResponseError):
        create_session(client_for(lambda _request: response))


@pytest.mark.parametrize(
    "odd",
    [
        {"creatorId": 7},
        {"imageUrl": []},
        {"sessionMode": {}},
        {"createdAt": ""},
        {"createdAt": "soon"},
        {"status": 1},
        {"order": []},
    ],
)
def test_odd_field_that_nobody_needs_loses_no_session(odd: dict[str, Any]) -> None:
    body = {"data": {"sessionId": SESSION, "redirectUrl": "https://printora.ai/x"} | odd}
    session = create_session(answering(201, body))
    assert (session.session_id, session.redirect_url) == (SESSION, "https://printora.ai/x")
    assert session.creator_id is None


def test_null_in_one_spelling_does_not_hide_the_other() -> None:
    body = {
        "data": None,
        "sessionId": None,
        "session_id": "a",
        "redirectUrl": None,
        "redirect_url": "https://printora.ai/x",
    }
    session = create_session(answering(201, body))
    assert (session.session_id, session.redirect_url) == ("a", "https://printora.ai/x")


# --- Secrets --------------------------------------------------------------------------------------


def test_session_does_not_show_its_link() -> None:
    session = answering(200).sessions.get("s1")
    assert session.redirect_url is not None
    assert "tok_1" not in repr(session)


def test_exchange_does_not_show_the_visitor_or_the_link() -> None:
    exchanges: list[Exchange] = []
    client = client_for(Printora(RESPONSE, status=201), on_exchange=exchanges.append)
    create_session(client, user_data=UserData(email="grace@example.com"))
    assert "grace" in str(exchanges[0].sent)
    assert "tok_1" in str(exchanges[0].received)
    assert [secret for secret in ("grace", "tok_1") if secret in repr(exchanges)] == []
