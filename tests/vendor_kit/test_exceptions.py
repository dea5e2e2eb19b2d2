"""Every error can be shown to a person, and says whether trying again may help."""

import re

import pytest

from vendor_kit import exceptions as errors

KEY, CODE, REQUEST_ID = "sk_test_1", "SOME_CODE", "req_7"
CLASSES = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.VendorError)
]
TEMPORARY = {
    errors.TransportError,
    errors.UnreachableError,
    errors.RateLimitError,
    errors.ServerError,
}


def error_of(kind: type[errors.VendorError], **options: object) -> errors.VendorError:
    """Return an error of this class that holds all that a person must not see."""
    if issubclass(kind, errors.APIError):
        details = (errors.FieldError("imageUrl", KEY),)
        shown = {"status": 418, "code": CODE, "details": details, "request_id": REQUEST_ID}
        return kind(KEY, **(shown | options))  # type: ignore[arg-type]  # of several types
    if issubclass(kind, errors.InvalidPayloadError):
        return kind(KEY)
    return kind() if issubclass(kind, errors.WebhookRefusedError) else kind(KEY)


def test_every_class_of_the_tree_is_drawn_in_the_docstring() -> None:
    tree = (errors.__doc__ or "").partition("`str(error)`")[0]
    assert len(CLASSES) > 20
    assert [kind.__name__ for kind in CLASSES if kind.__name__ not in tree] == []


@pytest.mark.parametrize("kind", CLASSES)
def test_error_has_a_heading_and_a_message_for_a_person(kind: type[errors.VendorError]) -> None:
    error = error_of(kind)
    assert re.fullmatch(r"[A-Z][^.]+", error.user_title)
    assert re.fullmatch(r"[A-Z].+\.", error.user_message)


@pytest.mark.parametrize("kind", CLASSES)
def test_text_for_a_person_shows_no_status_code_id_or_secret(
    kind: type[errors.VendorError],
) -> None:
    error = error_of(kind)
    text = f"{error.user_title} {error.user_message}"
    assert [secret for secret in (KEY, CODE, REQUEST_ID, "imageUrl") if secret in text] == []
    assert re.search(r"\b[1-5]\d\d\b|[A-Z]{3,}_|_", text) is None
    assert "HTTP" not in text


@pytest.mark.parametrize("kind", CLASSES)
def test_error_is_temporary_where_trying_again_may_help(kind: type[errors.VendorError]) -> None:
    assert error_of(kind).is_temporary is (kind in TEMPORARY)


@pytest.mark.parametrize(
    ("retry_after", "time"),
    [
        (None, "a minute"),
        (60, "a minute"),
        (30, "30 seconds"),
        (0.2, "1 second"),
        (0, "1 second"),
        (41.2, "42 seconds"),
        (3600, "3600 seconds"),
    ],
)
def test_rate_limit_error_names_the_seconds_to_wait(retry_after: float | None, time: str) -> None:
    error = error_of(errors.RateLimitError, retry_after=retry_after)
    assert error.user_message.endswith(f"Try again in {time}.")


@pytest.mark.parametrize(
    ("kind", "status", "message"),
    [
        (errors.MethodNotAllowedError, 405, "Method not allowed"),
        (errors.LengthRequiredError, 411, "Length required"),
        (errors.PayloadTooLargeError, 413, "Payload too large"),
        (errors.InvalidSignatureError, 401, "Invalid webhook signature"),
        (errors.InvalidPayloadError, 400, "Invalid webhook payload"),
        (errors.MissingFieldsError, 400, "Invalid webhook payload: missing required fields"),
    ],
)
def test_refused_webhook_says_how_to_respond(
    kind: type[errors.WebhookRefusedError], status: int, message: str
) -> None:
    assert (kind().status, str(kind())) == (status, message)


def test_reason_for_developers_is_no_part_of_the_response() -> None:
    error = errors.InvalidPayloadError("data.totalAmount: must be a number")
    assert (error.reason, str(error)) == (
        "data.totalAmount: must be a number",
        "Invalid webhook payload",
    )
