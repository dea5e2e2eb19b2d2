"""Whatever goes wrong comes out as one error of our tree, and tells no secret."""

import traceback
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
import time_machine

from printora_integration import exceptions as errors
from printora_integration.client import PrintoraClient
from printora_integration.exceptions import APIError, FieldError

KEY = "sk_test_of_the_tests"
TOKEN = "tok_" + "secret"  # a traceback shows lines of code, and this file is code
MAIL = "@".join(["grace", "example.com"])
NOW = datetime(2026, 2, 27, 12, 0, tzinfo=UTC)


def error_of(response: httpx.Response, *, patience: float = 0.05) -> APIError:
    """Return the error that a client raises for this response."""
    client = PrintoraClient(
        base_url="https://api.printora.ai",
        api_key=KEY,
        deadline=patience,
        transport=httpx.MockTransport(lambda _request: response),
    )
    with pytest.raises(APIError) as refusal:
        client.sessions.get(TOKEN)
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


def test_field_problems_are_listed() -> None:
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


def test_request_id_is_kept_for_printoras_support() -> None:
    assert error_of(httpx.Response(500, headers={"x-request-id": "req_7"})).request_id == "req_7"
    assert error_of(httpx.Response(500)).request_id is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"success": False, "error": {"message": "In full."}}, "404: In full."),
        ({"error": "Bare text."}, "404: Bare text."),
        ({"message": "Only a message."}, "404: Only a message."),
        ({"success": False, "error": None}, "404: no reason given"),
        ([], "404: no reason given"),
    ],
)
def test_every_shape_of_an_error_is_understood(body: Any, words: str) -> None:
    assert str(error_of(httpx.Response(404, json=body))) == words


def test_error_page_that_is_not_json_keeps_its_status_and_not_its_text() -> None:
    error = error_of(httpx.Response(404, text="<h1>not here</h1>"))
    assert (error.status, str(error)) == (404, "404: no reason given")


# --- When to come back ----------------------------------------------------------------------------


def retry_after(**headers: str) -> float | None:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    with time_machine.travel(NOW, tick=False):
        return error_of(httpx.Response(429, headers=names)).retry_after


def test_retry_after_may_be_seconds() -> None:
    assert retry_after(retry_after="30") == 30


def test_retry_after_may_be_a_date() -> None:
    date = format_datetime(NOW + timedelta(seconds=90), usegmt=True)
    assert retry_after(retry_after=date) == 90


def test_retry_after_that_is_past_means_now() -> None:
    with time_machine.travel(NOW, tick=False):
        date = format_datetime(NOW - timedelta(seconds=90), usegmt=True)
        assert error_of(httpx.Response(500, headers={"retry-after": date})).retry_after == 0


def test_rate_limit_reset_is_believed_where_retry_after_is_missing() -> None:
    reset = str(int(NOW.timestamp()) + 42)
    assert retry_after(x_ratelimit_reset=reset) == 42
    assert retry_after(x_ratelimit_reset=reset, retry_after="7") == 7


@pytest.mark.parametrize(
    "value", ["soon", "-5", "", "1e3x", "Fri, 31 Dec 99999 23:59:59 GMT", "27 Feb 2026 12:00:00"]
)
def test_retry_after_that_makes_no_sense_is_none(value: str) -> None:
    assert retry_after(retry_after=value) is None


@pytest.mark.parametrize("value", ["9" * 400, "inf", "nan", "Infinity", "-nan"])
def test_wait_that_is_no_number_of_seconds_is_none(value: str) -> None:
    assert retry_after(retry_after=value) is None
    assert retry_after(x_ratelimit_reset=value) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"retry_after": "99999999"},
        {"retry_after": "Fri, 31 Dec 9999 23:59:59 GMT"},
        {"x_ratelimit_reset": str(int(NOW.timestamp() * 1000) + 42_000)},  # milliseconds
    ],
)
def test_wait_is_an_hour_at_most(headers: dict[str, str]) -> None:
    assert retry_after(**headers) == 3600


def test_rate_limit_reset_says_nothing_about_another_failure() -> None:
    headers = {"x-ratelimit-reset": str(int(NOW.timestamp()) + 42)}
    with time_machine.travel(NOW, tick=False):
        assert error_of(httpx.Response(503, headers=headers)).retry_after is None


@pytest.mark.parametrize("zone", ["+9999", "+99999999", "+" + "9" * 20, "-" + "9" * 400])
def test_retry_after_with_an_impossible_zone_is_still_our_error(zone: str) -> None:
    date = f"Fri, 27 Feb 2026 12:00:00 {zone}"
    assert isinstance(error_of(httpx.Response(429, headers={"retry-after": date})), APIError)


# --- Secrets --------------------------------------------------------------------------------------


def test_reply_error_tells_neither_key_nor_token_nor_body() -> None:
    error = error_of(httpx.Response(401, text=f"body with {MAIL}"))
    told = "".join(traceback.format_exception(error)) + repr(error)
    assert [word for word in (KEY, TOKEN, MAIL) if word in told] == []


def test_misfit_reply_tells_where_and_not_what() -> None:
    reply = {"data": {"sessionId": 5, "redirectUrl": [f"https://printora.ai/en/print/{TOKEN}"]}}
    client = PrintoraClient(
        base_url="https://api.printora.ai",
        api_key=KEY,
        transport=httpx.MockTransport(lambda _request: httpx.Response(200, json=reply)),
    )
    with pytest.raises(errors.InvalidResponseError) as misfit:
        client.sessions.get("s1")
    told = "".join(traceback.format_exception(misfit.value))
    assert "redirectUrl" in told
    assert TOKEN not in told


def test_transport_error_tells_neither_key_nor_token() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    client = PrintoraClient(
        base_url="https://api.printora.ai",
        api_key=KEY,
        deadline=0.05,
        transport=httpx.MockTransport(refuse),
    )
    with pytest.raises(errors.TransportError) as failure:
        client.sessions.get(TOKEN)
    told = "".join(traceback.format_exception(failure.value))
    assert [word for word in (KEY, TOKEN) if word in told] == []


def test_client_does_not_show_its_key() -> None:
    client = PrintoraClient(base_url="https://api.printora.ai", api_key=KEY)
    assert repr(client) == "PrintoraClient(base_url='https://api.printora.ai')"
    client.close()


def test_illegal_request_tells_no_key() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.LocalProtocolError(f"Illegal header value Bearer {KEY}", request=request)

    client = PrintoraClient(
        base_url="https://api.printora.ai",
        api_key=KEY,
        deadline=0.05,
        transport=httpx.MockTransport(refuse),
    )
    with pytest.raises(errors.TransportError) as failure:
        client.sessions.get("s1")
    assert KEY not in "".join(traceback.format_exception(failure.value))


@pytest.mark.parametrize(
    "word", [KEY, "pk_live_1234", "whsec_1234", "https://printora.ai/en/print/tok_1"]
)
def test_secret_that_printora_quotes_is_taken_out(word: str) -> None:
    error = error_of(httpx.Response(401, json={"error": f"Not good: {word}."}))
    assert word not in str(error)
    assert str(error).startswith("401: Not good: ")


# --- What Printora wrote --------------------------------------------------------------------------


@pytest.mark.parametrize("odd", [["a"], {"b": 1}, 7, True, "two\nlines", "NUL\x00", "", " "])
def test_reason_that_is_not_printable_text_is_none(odd: object) -> None:
    body = {"error": {"message": odd, "code": odd}}
    assert str(error_of(httpx.Response(400, json=body))) == "400: no reason given"


def test_long_reason_is_shortened() -> None:
    error = error_of(httpx.Response(400, json={"error": "a" * 5000}))
    assert str(error) == "400: " + "a" * 199 + "…"


def test_field_problem_is_printable_text_too() -> None:
    details = [{"field": ["x"], "message": "a" * 5000}]
    [problem] = error_of(httpx.Response(400, json={"error": {"details": details}})).details
    assert (problem.field, len(problem.message)) == ("", 200)
