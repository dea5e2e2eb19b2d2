"""What the client sends, and what it makes of the replies it hopes for."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from printora_integration.client import PrintoraClient
from printora_integration.exceptions import ArgumentError, ConflictError, InvalidResponseError
from tests.helpers import SESSION

KEY = "sk_test_of_the_tests"
SESSION_REPLY = {
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
CALL: dict[str, Any] = {
    "idempotency_key": "0e0f4f6e-0000-4000-8000-000000000001",
    "image_url": "https://gallery.example.com/dune.jpg",
    "success_url": "https://gallery.example.com/callback/success/",
    "failed_url": "https://gallery.example.com/callback/failed/",
}


def client_for(
    handler: Callable[[httpx.Request], httpx.Response], base_url: str = "https://api.printora.ai"
) -> PrintoraClient:
    return PrintoraClient(
        base_url=base_url, api_key=KEY, transport=httpx.MockTransport(handler), deadline=1
    )


def answering(status: int = 201, reply: Any = SESSION_REPLY) -> PrintoraClient:
    return client_for(lambda _request: httpx.Response(status, json=reply))


def test_session_is_created_with_one_post() -> None:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json=SESSION_REPLY)

    client_for(handle).sessions.create(**CALL)
    [request] = seen
    assert (request.method, request.url.path) == ("POST", "/api/v1/partner-session")
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.headers["idempotency-key"] == CALL["idempotency_key"]
    assert request.headers["content-type"] == "application/json"
    assert json.loads(request.content) == {
        "imageUrl": CALL["image_url"],
        "successUrl": CALL["success_url"],
        "failedUrl": CALL["failed_url"],
    }


def test_key_is_never_part_of_the_address() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        assert KEY not in str(request.url)
        return httpx.Response(200, json=SESSION_REPLY)

    assert client_for(handle).sessions.get(SESSION).session_id == SESSION


@pytest.mark.parametrize(
    "base_url",
    [
        "https://api.printora.ai",
        "https://api.printora.ai/",
        "https://api.printora.ai/api/v1",
        "https://api.printora.ai/api/v1/",
        " https://api.printora.ai/api/v1// ",
    ],
)
def test_base_url_may_end_as_each_document_writes_it(base_url: str) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        assert str(request.url) == "https://api.printora.ai/api/v1/partner-session"
        return httpx.Response(201, json=SESSION_REPLY)

    client_for(handle, base_url).sessions.create(**CALL)


def test_base_url_may_be_a_sandbox_with_a_port() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        assert str(request.url) == "http://localhost:8001/api/v1/partner-session"
        return httpx.Response(201, json=SESSION_REPLY)

    client_for(handle, "http://localhost:8001/api/v1").sessions.create(**CALL)


def test_created_session_is_returned_typed() -> None:
    session = answering().sessions.create(**CALL)
    assert session.session_id == SESSION
    assert session.redirect_url == "https://printora.ai/en/print/tok_1"
    assert session.session_mode == "image"
    assert session.creator_id is None
    assert session.created_at == datetime(2026, 2, 27, 1, 2, 33, 444000, UTC)


def test_same_key_again_is_a_success() -> None:
    assert answering(409).sessions.create(**CALL).session_id == SESSION


def test_conflict_that_is_no_success_is_an_error() -> None:
    reply = {"success": False, "error": {"code": "DUPLICATE_SESSION", "message": "Other body."}}
    with pytest.raises(ConflictError) as conflict:
        answering(409, reply).sessions.create(**CALL)
    assert conflict.value.code == "DUPLICATE_SESSION"


def test_flat_snake_case_reply_is_read() -> None:
    reply = {"session_id": "sess_1", "redirect_url": "https://printora.ai/customize?session=1"}
    session = answering(200, reply).sessions.create(**CALL)
    assert (session.session_id, session.redirect_url) == ("sess_1", reply["redirect_url"])


def test_session_is_read_by_its_id() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        assert (request.method, request.url.raw_path) == (
            "GET",
            b"/api/v1/partner-session/sess%2F..%3Fx",
        )
        return httpx.Response(
            200,
            json={
                "success": True,
                "data": {"sessionId": "s", "status": "completed", "order": {"id": "o1"}},
            },
        )

    session = client_for(handle).sessions.get("sess/..?x")
    assert session.status == "completed"
    assert session.order is not None
    assert session.order.id == "o1"


@pytest.mark.parametrize("argument", ["image_url", "success_url", "failed_url"])
@pytest.mark.parametrize(
    "url", ["", "/dune.jpg", "//example.com/dune.jpg", "ftp://example.com/x", "javascript:alert(1)"]
)
def test_url_that_is_not_absolute_is_refused_before_the_call(argument: str, url: str) -> None:
    def handle(_request: httpx.Request) -> httpx.Response:
        raise AssertionError("nothing may be sent")

    with pytest.raises(ArgumentError, match=f"^{argument} must be an absolute"):
        client_for(handle).sessions.create(**(CALL | {argument: url}))


@pytest.mark.parametrize(
    "response",
    [
        pytest.param(httpx.Response(200, text="<html>Welcome</html>"), id="a page"),
        pytest.param(httpx.Response(200, content=b""), id="nothing"),
        pytest.param(httpx.Response(200, content=b"\xff\xfe{"), id="not UTF-8"),
        pytest.param(httpx.Response(200, content=b"[" * 100_000), id="deep"),
        pytest.param(httpx.Response(200, json=["session"]), id="a list"),
        pytest.param(httpx.Response(200, json={"success": True}), id="no session"),
        pytest.param(httpx.Response(200, json={"success": True, "data": []}), id="a list as data"),
        pytest.param(httpx.Response(200, json={"success": True, "data": None}), id="null as data"),
        pytest.param(httpx.Response(200, json={"data": {"sessionId": 5}}), id="a wrong type"),
        pytest.param(httpx.Response(200, json=SESSION_REPLY | {"success": False}), id="no success"),
        pytest.param(httpx.Response(302, headers={"location": "https://evil.example"}), id="moved"),
        pytest.param(httpx.Response(204), id="no content"),
    ],
)
def test_reply_that_is_not_printoras_json_is_unexpected(response: httpx.Response) -> None:
    with pytest.raises(InvalidResponseError):
        client_for(lambda _request: response).sessions.create(**CALL)


def test_key_and_client_are_named_in_headers() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer sk_test_1"
        assert request.headers["user-agent"] == "printora-django/1.0"
        return httpx.Response(200, json=SESSION_REPLY)

    transport = httpx.MockTransport(handle)
    client = PrintoraClient(
        base_url="https://api.printora.ai", api_key=" sk_test_1\n", transport=transport
    )
    assert client.sessions.get(SESSION).session_id == SESSION


@pytest.mark.parametrize("key", ["", "\n", "sk_test_\x00", "sk_test_é", "sk_test_1\nsk_test_2"])
def test_key_that_no_header_can_hold_is_refused_without_telling_it(key: str) -> None:
    with pytest.raises(ArgumentError, match=r"^api_key") as refusal:
        PrintoraClient(base_url="https://api.printora.ai", api_key=key)
    assert "sk_test" not in str(refusal.value)


@pytest.mark.parametrize(
    "base_url",
    ["", "api.printora.ai", "https://api.printora.ai:port", "https://x:99999", "https://[::1"],
)
def test_base_url_that_is_no_address_is_refused(base_url: str) -> None:
    with pytest.raises(ArgumentError, match=r"^base_url"):
        PrintoraClient(base_url=base_url, api_key=KEY)


def test_text_that_no_request_can_hold_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"^image_url"):
        answering().sessions.create(**(CALL | {"image_url": "https://example.com/\ud800"}))
    with pytest.raises(ArgumentError, match=r"^idempotency_key"):
        answering().sessions.create(**(CALL | {"idempotency_key": "é"}))


# --- Replies that are odd and good enough ---------------------------------------------------------


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
def test_odd_field_that_nobody_reads_loses_no_session(odd: dict[str, Any]) -> None:
    reply = {"data": {"sessionId": SESSION, "redirectUrl": "https://printora.ai/x"} | odd}
    session = answering(201, reply).sessions.create(**CALL)
    assert (session.session_id, session.redirect_url) == (SESSION, "https://printora.ai/x")
    assert session.creator_id is None


def test_null_in_one_dialect_does_not_hide_the_other() -> None:
    reply = {
        "data": None,
        "sessionId": None,
        "session_id": "a",
        "redirectUrl": None,
        "redirect_url": "https://printora.ai/x",
    }
    session = answering(201, reply).sessions.create(**CALL)
    assert (session.session_id, session.redirect_url) == ("a", "https://printora.ai/x")
