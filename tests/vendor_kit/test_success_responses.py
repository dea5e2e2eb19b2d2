"""A successful response is a JSON object with an accepted status, and nothing else."""

from typing import Any

import httpx
import pytest

from tests.vendor_kit.fakes import CREATED, transport_for
from vendor_kit.exceptions import ConflictError, InvalidResponseError
from vendor_kit.fields import APIModel, OpaqueId
from vendor_kit.responses import json_or_text, parse


class Thing(APIModel):
    """A resource of a made-up vendor."""

    id: OpaqueId


def result_of(response: httpx.Response, *accept: int) -> dict[str, Any]:
    transport = transport_for(lambda _request: response)
    return transport.request("POST", "things", accept=accept or {200, 201, 409})


@pytest.mark.parametrize("status", [200, 201])
def test_json_object_of_an_accepted_status_is_returned(status: int) -> None:
    assert result_of(httpx.Response(status, json=CREATED)) == CREATED


def test_flat_object_without_success_is_returned() -> None:
    assert result_of(httpx.Response(200, json={"id": "t1"})) == {"id": "t1"}


def test_conflict_with_success_is_the_same_resource_again() -> None:
    assert result_of(httpx.Response(409, json=CREATED)) == CREATED


@pytest.mark.parametrize("body", [{"id": "t1"}, {"success": False, "error": {"code": "OTHER"}}])
def test_conflict_without_success_is_an_error(body: dict[str, Any]) -> None:
    with pytest.raises(ConflictError):
        result_of(httpx.Response(409, json=body))


def test_accepted_response_without_content_is_an_empty_object() -> None:
    assert result_of(httpx.Response(204), 200, 204) == {}


@pytest.mark.parametrize(
    "response",
    [
        pytest.param(httpx.Response(200, text="<html>Welcome</html>"), id="a page"),
        pytest.param(httpx.Response(200, content=b""), id="nothing"),
        pytest.param(httpx.Response(200, content=b"\xff\xfe{"), id="not UTF-8"),
        pytest.param(httpx.Response(200, content=b"[" * 100_000), id="deep"),
        pytest.param(httpx.Response(200, json=["thing"]), id="a list"),
        pytest.param(httpx.Response(200, json=CREATED | {"success": False}), id="no success"),
        pytest.param(httpx.Response(200, json=CREATED | {"success": 1}), id="success of no kind"),
        pytest.param(httpx.Response(202, json=CREATED), id="a status that is not accepted"),
        pytest.param(httpx.Response(302, headers={"location": "https://evil.example"}), id="moved"),
        pytest.param(httpx.Response(204), id="no content"),
    ],
)
def test_response_that_is_not_the_vendors_json_is_invalid(response: httpx.Response) -> None:
    with pytest.raises(InvalidResponseError, match="Acme answered"):
        result_of(response)


# --- The model of a response ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "record",
    [
        {"success": True, "data": {"id": "t1"}},
        {"id": "t1"},
        {"data": None, "id": "t1"},
        {"success": True, "thing": {"id": "t1"}},
        {"data": {"thing": {"id": "t1"}}},
    ],
)
def test_model_is_read_wherever_the_response_holds_it(record: dict[str, Any]) -> None:
    assert parse(Thing, record, "thing") == Thing(id="t1")


@pytest.mark.parametrize(
    "record", [{"success": True}, {"data": []}, {"data": None}, {"data": {"id": 5}}, {"id": ""}]
)
def test_response_without_a_required_field_is_invalid(record: dict[str, Any]) -> None:
    with pytest.raises(InvalidResponseError, match="does not fit Thing"):
        parse(Thing, record)


@pytest.mark.parametrize(
    ("body", "value"),
    [(b'{"a": 1}', {"a": 1}), (b"no JSON", "no JSON"), (b"\xff", "\ufffd"), (b"", "")],
)
def test_body_is_json_or_text(body: bytes, value: object) -> None:
    assert json_or_text(body) == value
