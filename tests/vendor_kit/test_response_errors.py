"""A response that says no becomes one error of our tree, with what the vendor said."""

from typing import Any

import httpx
import pytest

from tests.vendor_kit.fakes import KEY, transport_for
from vendor_kit import exceptions as errors
from vendor_kit.exceptions import APIError, FieldError


def error_of(response: httpx.Response) -> APIError:
    """Return the error that a transport raises for this response."""
    with pytest.raises(APIError) as refusal:
        transport_for(lambda _request: response, deadline=0.05).request("GET", "things")
    return refusal.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.RequestInvalidError),
        (401, errors.AuthenticationError),
        (403, errors.PermissionDeniedError),
        (404, errors.NotFoundError),
        (409, errors.ConflictError),
        (410, errors.GoneError),
        (422, errors.RequestInvalidError),
        (429, errors.RateLimitError),
        (500, errors.ServerError),
        (501, errors.ServerError),
        (502, errors.ServerError),
        (503, errors.ServerError),
        (504, errors.ServerError),
        (418, errors.APIError),
    ],
)
def test_each_status_has_its_error(status: int, kind: type[APIError]) -> None:
    body = {"success": False, "error": {"code": "SOME_CODE", "message": "Said so."}}
    error = error_of(httpx.Response(status, json=body))
    assert type(error) is kind
    assert (error.status, error.code, str(error)) == (
        status,
        "SOME_CODE",
        f"{status} SOME_CODE: Said so.",
    )


def test_field_errors_are_listed() -> None:
    details = [
        {"field": "imageUrl", "message": "must be https"},
        {"field": "successUrl", "message": "is required"},
    ]
    body = {"success": False, "error": {"code": "VALIDATION_ERROR", "details": details}}
    assert error_of(httpx.Response(400, json=body)).details == (
        FieldError("imageUrl", "must be https"),
        FieldError("successUrl", "is required"),
    )


@pytest.mark.parametrize("details", [None, "text", {"field": "x"}, [None, "x", 5]])
def test_details_of_another_shape_are_none(details: object) -> None:
    body = {"success": False, "error": {"code": "VALIDATION_ERROR", "details": details}}
    assert error_of(httpx.Response(400, json=body)).details == ()


def test_request_id_is_there_for_the_vendors_support() -> None:
    assert error_of(httpx.Response(500, headers={"x-request-id": "req_7"})).request_id == "req_7"
    assert error_of(httpx.Response(500)).request_id is None


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"success": False, "error": {"message": "In full."}}, "404: In full."),
        ({"error": "Bare text."}, "404: Bare text."),
        ({"message": "Only a message."}, "404: Only a message."),
        ({"success": False, "error": None}, "404: no reason given"),
        ([], "404: no reason given"),
    ],
)
def test_every_shape_of_an_error_is_understood(body: Any, message: str) -> None:
    assert str(error_of(httpx.Response(404, json=body))) == message


def test_error_page_that_is_not_json_gives_its_status_and_not_its_text() -> None:
    error = error_of(httpx.Response(404, text="<h1>not here</h1>"))
    assert (error.status, str(error)) == (404, "404: no reason given")


# --- The vendor's own text ------------------------------------------------------------------------


@pytest.mark.parametrize("odd", [["a"], {"b": 1}, 7, True, "two\nlines", "NUL\x00", "", " "])
def test_reason_that_is_not_printable_text_is_none(odd: object) -> None:
    body = {"error": {"message": odd, "code": odd}}
    assert str(error_of(httpx.Response(400, json=body))) == "400: no reason given"


def test_long_reason_is_shortened() -> None:
    error = error_of(httpx.Response(400, json={"error": "a" * 5000}))
    assert str(error) == "400: " + "a" * 199 + "…"


def test_field_error_is_printable_text_too() -> None:
    details = [{"field": ["x"], "message": "a" * 5000}]
    [problem] = error_of(httpx.Response(400, json={"error": {"details": details}})).details
    assert (problem.field, len(problem.message)) == ("", 200)


@pytest.mark.parametrize(
    "secret", [KEY, "pk_live_1234", "whsec_1234", "https://acme.example/en/print/tok_1"]
)
def test_secret_that_the_vendor_quotes_is_removed(secret: str) -> None:
    error = error_of(httpx.Response(401, json={"error": f"Not good: {secret}."}))
    assert secret not in str(error)
    assert str(error).startswith("401: Not good: ")
