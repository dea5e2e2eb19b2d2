import json
import uuid
from typing import Any

import httpx
import pytest

from tests.sandbox.visitor import Api, session_body
from tests.sandbox_process import SandboxProcess

PATH = "/api/v1/partner-session"


def _post(api: Api, content: bytes, content_type: str = "application/json") -> httpx.Response:
    headers = {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": content_type}
    return api.http.post(PATH, content=content, headers=headers)


def _error(response: httpx.Response) -> dict[str, Any]:
    assert response.headers["content-type"].startswith("application/json")
    assert response.json()["success"] is False
    error: dict[str, Any] = response.json()["error"]
    return error


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "MISSING_API_KEY"),
        ({"Authorization": "Basic abc"}, "MISSING_API_KEY"),
        ({"Authorization": "Bearer"}, "MISSING_API_KEY"),
        ({"Authorization": "Bearer sk_test_of_somebody_else"}, "INVALID_API_KEY"),
        ({"x-api-key": "sk_test_of_somebody_else"}, "INVALID_API_KEY"),
    ],
)
def test_bad_api_key_is_refused(sandbox: SandboxProcess, headers: Any, code: str) -> None:
    for path in ("partners/orders", "partners/webhook-logs", f"partner-session/{uuid.uuid4()}"):
        response = httpx.get(f"{sandbox.url}/api/v1/{path}", headers=headers)
        assert response.status_code == 401
        assert _error(response)["code"] == code


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": ""}])
def test_missing_idempotency_key_is_refused(api: Api, headers: dict[str, str]) -> None:
    response = api.http.post(PATH, json=session_body(), headers=headers)
    assert response.status_code == 400
    assert _error(response)["code"] == "MISSING_IDEMPOTENCY_KEY"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/a.png",
        "ftp://example.com/a.png",
        "picture.png",
        "",
        "https://",
        "https://[",
        "https://example.com:99999/",
        "javascript:alert(1)",
        "https://a b/",
        "https://example.com/" + "a" * 3000,
        'https://example.com/">',
    ],
)
def test_bad_image_url_is_refused(api: Api, url: str) -> None:
    response = api.create(imageUrl=url)
    assert response.status_code == 400
    assert _error(response)["code"] == "INVALID_IMAGE_URL"


def test_plain_http_error_names_the_accepted_loopback(api: Api) -> None:
    message = _error(api.create(imageUrl="http://example.com/a.png"))["message"]
    assert "HTTPS" in message
    assert "localhost" in message


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"successUrl": None}, "successUrl"),
        ({"failedUrl": ""}, "failedUrl"),
        ({"failedUrl": "http://example.com/"}, "failedUrl"),
        ({"successUrl": 7}, "successUrl"),
        ({"imageUrl": ["https://example.com"]}, "imageUrl"),
        ({"imageUrl": "https://example.com/\0"}, "imageUrl"),
        ({"userData": "Jo"}, "userData"),
        ({"userData": {"email": 5}}, "userData.email"),
        ({"userData": {"firstName": "J" * 121}}, "userData.firstName"),
        ({"quantity": 101}, "quantity"),
    ],
)
def test_wrong_field_is_named_in_the_details(api: Api, changes: dict[str, Any], field: str) -> None:
    response = api.create(**changes)
    error = _error(response)
    assert (response.status_code, error["code"]) == (400, "VALIDATION_ERROR")
    assert [detail["field"] for detail in error["details"]] == [field]
    assert all(detail["message"] for detail in error["details"])


def test_missing_success_url_gets_the_documented_message(api: Api) -> None:
    body = session_body()
    del body["successUrl"]
    response = _post(api, json.dumps(body).encode())
    assert _error(response)["message"] == "successUrl is required"


@pytest.mark.parametrize(
    "modes", [{"imageUrl": None}, {"creatorId": "c1"}, {"merchId": "m1"}, {"creatorId": ""}]
)
def test_none_or_several_modes_are_refused(api: Api, modes: dict[str, Any]) -> None:
    response = api.create(**modes)
    assert response.status_code == 400
    assert "exactly one" in _error(response)["details"][0]["message"]


@pytest.mark.parametrize("mode", ["creatorId", "merchId"])
def test_unknown_creator_or_merch_is_not_found(api: Api, mode: str) -> None:
    response = api.create(imageUrl=None, **{mode: "nobody"})
    assert response.status_code == 404
    assert _error(response)["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"1",
        b"\xff\xfe",
        b"NaN",
        b'{"quantity": NaN}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"9" * 10_000,
        b'{"imageUrl": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"successUrl": "\\u0000"}',
        json.dumps(session_body(imageUrl="https://example.com/\ud83d")).encode(),
        json.dumps(session_body(userData={"name": "\udfff"})).encode(),
        json.dumps(session_body(userData={"name": "x" * 1_000_000})).encode(),
        b'{"imageUrl": "' + b"x" * 3_000_000 + b'"}',
    ],
    ids=range(19),
)
def test_broken_body_is_a_400_in_the_vendors_envelope(api: Api, content: bytes) -> None:
    response = _post(api, content)
    assert response.status_code == 400
    assert _error(response)["code"] == "VALIDATION_ERROR"


def test_body_without_the_json_content_type_is_refused(api: Api) -> None:
    response = _post(api, json.dumps(session_body()).encode(), "text/plain")
    assert response.status_code == 400


def test_too_long_idempotency_key_is_refused(api: Api) -> None:
    response = api.create("k" * 256)
    assert response.status_code == 400
    assert _error(response)["code"] == "VALIDATION_ERROR"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "partner-session", "POST"),
        ("GET", "partner-session", "POST"),
        ("POST", "partners/orders", "GET"),
    ],
)
def test_wrong_method_is_a_405_in_json(api: Api, method: str, path: str, allowed: str) -> None:
    response = api.http.request(method, f"/api/v1/{path}")
    assert response.status_code == 405
    assert response.headers["allow"] == allowed
    assert _error(response)["code"] == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize(
    "path", ["", "v1", "v1/nothing", "v2/partner-session", "v1/partner-session/"]
)
def test_unknown_api_path_is_a_404_in_json(api: Api, path: str) -> None:
    response = api.http.get(f"/api/{path}")
    assert response.status_code == 404
    assert _error(response)["code"] == "NOT_FOUND"


def test_session_id_that_is_no_uuid_is_a_validation_error(api: Api) -> None:
    response = api.get("/partner-session/not-a-uuid")
    assert response.status_code == 400
    assert _error(response)["details"][0]["field"] == "session_id"


def test_openapi_and_its_page_use_no_other_host(api: Api) -> None:
    paths = api.http.get("/api/openapi.json").json()["paths"]
    assert "/api/v1/partner-session" in paths
    page = api.http.get("/api/docs").text
    assert "http://" not in page
    assert "https://" not in page
    assert api.http.get("/static/ninja/swagger-ui-bundle.js").status_code == 200
