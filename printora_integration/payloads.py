"""From the raw bytes of a webhook to a WebhookPayload, strictly. Printora: "Webhooks"."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from vendor_kit.fields import read_field, read_fields
from vendor_kit.json import load_object
from vendor_kit.signatures import verify

from .exceptions import InvalidPayloadError, MissingFieldsError
from .schemas.webhooks import REQUIRED_FIELDS, EventType, WebhookPayload


def construct_event(
    body: bytes, header: str | None, secrets: str | Sequence[str]
) -> WebhookPayload:
    """Verify a webhook and return what it holds: all that an endpoint of any framework needs.

    `body` is the raw body, `header` the value of `x-printora-signature`; `secrets` begins with the
    newest.
    Raises InvalidSignatureError, and what `parse_payload` raises; an error's `status` and message
    are the response that Printora expects.
    """
    verify(body, header, secrets)
    return parse_payload(body)


def parse_payload(body: bytes) -> WebhookPayload:
    """Return the webhook that these bytes hold.

    Text is cleaned of NUL and lone surrogates, each becoming U+FFFD; amounts stay exact.
    Raises MissingFieldsError when `sessionId`, `event`, `timestamp` or `data` is missing, null or
    empty, and InvalidPayloadError for anything else that is wrong.
    """
    record = load_object(body)
    fields = read_fields(record, REQUIRED_FIELDS)
    missing = [name for name, value in fields.items() if value is None or value == ""]
    if missing:
        raise MissingFieldsError(f"{', '.join(missing)}: missing, null or empty")
    if not isinstance(fields["data"], dict):
        raise InvalidPayloadError("data: must be an object")
    if fields["event"] not in tuple(EventType):  # a tuple: what came may not be hashable
        fields["data"] = None
    try:
        return WebhookPayload.model_validate(fields)
    except ValidationError as error:
        # Without `from`: pydantic's message quotes the input, which must not reach a log.
        raise InvalidPayloadError(_reason(error)) from None


def have_same_content(first: bytes, later: bytes) -> bool:
    """Return whether two webhooks of one event say the same.

    What we read of them counts, not its spelling: the order of keys, the dialect, 20.10 or "20.1",
    null or left out. Nor does `timestamp`, which Printora may set anew when it sends again.
    """
    try:
        return bool(_content(first) == _content(later))
    except InvalidPayloadError:  # a first one that was accepted when the rules were others
        return False


def _content(body: bytes) -> Any:  # noqa: ANN401 -- any JSON, for an event that we do not know
    return parse_payload(body).data or read_field(load_object(body), "data")


def _reason(error: ValidationError) -> str:
    """Return what is wrong with which field, the first of all; our messages quote no value."""
    first, *others = error.errors(include_url=False, include_context=False, include_input=False)
    field = ".".join(str(part) for part in first["loc"])
    more = f"; and {len(others)} more" if others else ""
    return f"{field}: {first['msg']}{more}"
