"""The requests of the vendor's Postman collection: each gets the documented response.

`tests/data/postman-requests.json` holds them: what each sends, the status and fields of its
success, and the errors that its page lists. The ids in it are the collection's; a fixture replaces
those that must exist.
"""

import json
import re
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import pytest

from tests.sandbox.receiver import Receiver
from tests.sandbox.visitor import Api, Visitor
from tests.sandbox_process import ROOT

REQUESTS: list[dict[str, Any]] = json.loads(
    (ROOT / "tests/data/postman-requests.json").read_text()
)["requests"]
ERRORS = [(request, error_case) for request in REQUESTS for error_case in request["refusals"]]

Json = dict[str, Any]


@pytest.fixture(scope="module")
def known(api: Api, receiver: Receiver) -> dict[str, str]:
    """Return the ids of a paid order and of one of its webhooks."""
    opened = api.opened()
    Visitor(opened).pay()
    receiver.wait_for(opened.id, 2)
    logs = api.get("/partners/webhook-logs").json()["data"]["logs"]
    log = next(log for log in logs if log["partnershipHistoryId"] == opened.id)
    return {"orderId": log["orderId"], "webhookLogId": log["id"]}


def _send(
    api: Api, request: Json, *, body: Json | None, ids: Json, **changes: Any
) -> httpx.Response:
    """Send a request, with a new idempotency key if it has that header."""
    path = re.sub(r":(\w+)", lambda name: ids[name[1]], request["path"])
    return api.http.request(
        request["method"],
        path,
        params=changes.get("query", request.get("query")),
        headers={name: str(uuid.uuid4()) for name in request.get("headers", ())},
        json=body,
    )


def _is_uuid(value: object) -> bool:
    return isinstance(value, str) and str(uuid.UUID(value)) == value


def _is_instant(value: object) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


KINDS: dict[str, Callable[[object], bool]] = {
    "any": lambda value: True,
    "boolean": lambda value: isinstance(value, bool),
    "instant": _is_instant,
    "integer": lambda value: _is_number(value) and isinstance(value, int),
    "number": _is_number,
    "string": lambda value: isinstance(value, str),
    "url": lambda value: isinstance(value, str) and httpx.URL(value).is_absolute_url,
    "uuid": _is_uuid,
}


def _check(value: Any, shape: Any, place: str) -> None:
    """Check that a response has the documented fields; it may have more."""
    if isinstance(shape, list):
        assert value, f"{place} is empty"
        for number, each in enumerate(value):
            _check(each, shape[0], f"{place}.{number}")
    elif isinstance(shape, dict):
        assert shape.keys() <= value.keys(), place
        for name, part in shape.items():
            _check(value[name], part, f"{place}.{name}")
    elif not (shape.endswith("?") and value is None):
        assert KINDS[shape.removesuffix("?")](value), f"{place} is no {shape}"


def _body(request: Json, known: Json) -> Json | None:
    """Return a request's body with ids that exist."""
    sent: Json | None = request.get("body")
    return sent and {name: known.get(name, value) for name, value in sent.items()}


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request["name"])
def test_request_gets_the_documented_response(api: Api, known: Json, request_: Json) -> None:
    response = _send(api, request_, body=_body(request_, known), ids=known)
    assert response.status_code == request_["success"]["status"], response.text
    assert response.json()["success"] is True
    _check(response.json()["data"], request_["success"]["data"], "data")


@pytest.mark.parametrize("request_", REQUESTS[:1], ids=lambda request: request["name"])
def test_request_with_optional_fields_gets_the_same(api: Api, known: Json, request_: Json) -> None:
    body = request_["body"] | request_["optionalBody"]
    response = _send(api, request_, body=body, ids=known)
    assert response.status_code == request_["success"]["status"]
    _check(response.json()["data"], request_["success"]["data"], "data")


def _name(value: Json) -> str:
    return str(value.get("name") or value["code"])


@pytest.mark.parametrize(("request_", "error_case"), ERRORS, ids=_name)
def test_invalid_request_gets_the_documented_error(
    api: Api, known: Json, request_: Json, error_case: Json
) -> None:
    body = request_.get("body")
    if body:  # with the collection's own ids, which do not exist here
        left = {
            name: value for name, value in body.items() if name not in error_case.get("without", ())
        }
        body = left | error_case.get("with", {})
    changes = {"query": error_case["query"]} if "query" in error_case else {}
    response = _send(api, request_, body=body, ids=known | error_case.get("path", {}), **changes)
    assert response.status_code == error_case["status"]
    assert response.json()["success"] is False
    error = response.json()["error"]
    assert error["code"] == error_case["code"]
    assert error["message"]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request["name"])
def test_request_with_an_unknown_key_is_refused(api: Api, known: Json, request_: Json) -> None:
    path = re.sub(r":(\w+)", lambda name: known[name[1]], request_["path"])
    headers = {"Authorization": "Bearer sk_test_of_nobody"}
    response = api.http.request(request_["method"], path, headers=headers)
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "INVALID_API_KEY"


def test_same_idempotency_key_gets_the_documented_conflict(api: Api) -> None:
    (create,) = (each for each in REQUESTS if each["name"] == "Create Session")
    headers = {"idempotency-key": str(uuid.uuid4())}
    first, again = (
        api.http.post(create["path"], json=create["body"], headers=headers) for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 409)
    assert again.json() == first.json()
