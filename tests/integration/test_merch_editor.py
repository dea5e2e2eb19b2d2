"""The design editor's link: what is behind it, a save, and each way it can fail."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from printora_integration.exceptions import (
    APIError,
    ArgumentError,
    GoneError,
    InvalidResponseError,
    NotFoundError,
    RequestInvalidError,
    TransportError,
)
from tests.integration.printora import Printora, merch_client_for, refuse_all

MERCH = {"id": "m1", "title": "Dune tee", "hasDesign": True, "konvaMetadata": {"scale": 0.5}}
STATE = {
    "sessionId": "e1",
    "expiresAt": "2026-02-28T01:02:03Z",
    "merch": MERCH,
    "creator": {"id": "c1", "name": "Ada Moreau"},
}


@pytest.mark.parametrize("response", [{"success": True, "data": STATE}, {"success": True} | STATE])
def test_link_opens_its_item(response: dict[str, Any]) -> None:
    printora = Printora(response)
    state = merch_client_for(printora).merch_editor.by_token("tok_1")
    assert printora.calls == ["GET /merch-editor/by-token/tok_1"]
    assert (state.merch.id, state.session_id) == ("m1", "e1")
    assert state.expires_at == datetime(2026, 2, 28, 1, 2, 3, tzinfo=UTC)
    assert state.creator is not None
    assert state.creator.name == "Ada Moreau"


def test_save_sends_the_design_and_returns_the_item() -> None:
    printora = Printora({"success": True, "merch": MERCH})
    merch = merch_client_for(printora).merch_editor.save(
        "tok_1",
        konva_metadata={"layers": [{"name": "José"}]},
        design_image_url="https://gallery.example.com/dune.png",
    )
    assert printora.calls == ["POST /merch-editor/by-token/tok_1/save"]
    assert printora.bodies == [
        {
            "konvaMetadata": {"layers": [{"name": "José"}]},
            "designImageUrl": "https://gallery.example.com/dune.png",
        }
    ]
    assert (merch.id, merch.has_design, merch.konva_metadata) == ("m1", True, {"scale": 0.5})


def test_save_without_a_picture_leaves_the_picture_out() -> None:
    printora = Printora({"success": True, "merch": MERCH})
    merch_client_for(printora).merch_editor.save("tok_1", konva_metadata={})
    assert printora.bodies == [{"konvaMetadata": {}}]


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (400, "VALIDATION_ERROR", RequestInvalidError),
        (404, "SESSION_NOT_FOUND", NotFoundError),
        (410, "SESSION_USED", GoneError),
        (410, "SESSION_EXPIRED", GoneError),
    ],
)
def test_refusal_has_its_error_and_does_not_show_the_token(
    status: int, code: str, expected: type[APIError]
) -> None:
    response = {"success": False, "error": {"code": code, "message": "no"}}
    editor = merch_client_for(Printora(response, status=status)).merch_editor
    for call in (
        lambda: editor.by_token("tok_1"),
        lambda: editor.save("tok_1", konva_metadata={}),
    ):
        with pytest.raises(expected) as refusal:
            call()
        assert refusal.value.code == code
        assert "tok_1" not in str(refusal.value)


def test_save_is_not_tried_again_where_the_first_may_have_used_up_the_link() -> None:
    requests: list[httpx.Request] = []

    def lose(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        raise httpx.ReadTimeout("the response was lost", request=request)

    with pytest.raises(TransportError):
        merch_client_for(lose).merch_editor.save("tok_1", konva_metadata={})
    assert len(requests) == 1


@pytest.mark.parametrize(
    "response", [{"success": True}, {"data": {"merch": {"title": "no id"}}}, []]
)
def test_response_without_an_item_is_invalid(response: Any) -> None:
    with pytest.raises(InvalidResponseError):
        merch_client_for(Printora(response)).merch_editor.by_token("tok_1")


@pytest.mark.parametrize(
    ("argument", "arguments"),
    [
        ("token", {"token": "", "konva_metadata": {}}),
        ("token", {"token": "..", "konva_metadata": {}}),
        ("konva_metadata", {"token": "tok_1", "konva_metadata": None}),
        ("konva_metadata", {"token": "tok_1", "konva_metadata": []}),
        (
            "design_image_url",
            {"token": "tok_1", "konva_metadata": {}, "design_image_url": "/dune.png"},
        ),
    ],
)
def test_argument_that_cannot_be_right_is_named_and_nothing_is_sent(
    argument: str, arguments: dict[str, Any]
) -> None:
    with pytest.raises(ArgumentError, match=argument):
        merch_client_for(refuse_all).merch_editor.save(**arguments)
