"""Everything that can go wrong between us and a print vendor.

VendorError
├── ArgumentError             the call could not be right, so it was not sent
├── TransportError            no response: the connection broke, or timed out
│   └── UnreachableError      not even a connection, so nothing was carried out
├── InvalidResponseError      a response, but not the JSON that we know
├── RedirectRefusedError      a redirect to a host that is not on the allow-list
├── APIError                  the vendor said no: status, code, details, request_id, retry_after
│   ├── RequestInvalidError   400, 422
│   ├── AuthenticationError   401
│   ├── PermissionDeniedError 403
│   ├── NotFoundError         404
│   ├── ConflictError         409 (a replayed idempotency key is a success, not this)
│   ├── GoneError             410
│   ├── RateLimitError        429
│   └── ServerError           5xx
└── WebhookRefusedError       a webhook that is not applied: status
    ├── MethodNotAllowedError 405
    ├── LengthRequiredError   411
    ├── PayloadTooLargeError  413
    ├── InvalidSignatureError 401
    └── InvalidPayloadError   400
        └── MissingFieldsError

`str(error)` is for developers and logs. `user_title` and `user_message` are for people: a heading
and a sentence or two that any page may show.

No message, reason, `str()` or `repr()` here carries a key, a token, a signature or a body. An
APIError quotes the vendor's own code and reason: printable, at most 200 characters each, and
without anything that looks like a key, a webhook secret or a link.
"""

from dataclasses import dataclass
from math import ceil

_FOR_OPERATORS = "The operators of this site must correct this."


class VendorError(Exception):
    """The root of every error that this package raises on purpose."""

    is_temporary = False  # whether the same call may well succeed a little later
    user_title = "The print shop could not do this"
    user_message = "Something went wrong between us and the print shop."


class ArgumentError(VendorError, ValueError):
    """A call that was refused before it was sent; the message names the argument."""

    user_title = "This request is not possible"
    user_message = "Something in it cannot be right, so we did not send it."


class TransportError(VendorError):
    """A call without a response: it may or may not have been carried out."""

    is_temporary = True
    user_title = "The print shop did not answer"
    user_message = (
        "It could not be reached just now, or took too long. This usually passes within a minute."
    )


class UnreachableError(TransportError):
    """A call that found no connection: it was not carried out."""


class InvalidResponseError(VendorError):
    """A response that is not the JSON that we know."""

    user_title = "We did not understand the print shop"
    user_message = "It answered in a way that we did not expect, so we stopped and did not guess."


class RedirectRefusedError(VendorError):
    """A redirect of a visitor to a host that is not on the allow-list."""

    user_title = "The print shop sent an unknown address"
    user_message = f"We do not trust that address, so we did not send you there. {_FOR_OPERATORS}"


@dataclass(frozen=True)
class FieldError:
    """The vendor's complaint about one field of a request."""

    field: str
    message: str


class APIError(VendorError):
    """A response that says no.

    `status` is the HTTP status, `code` the vendor's own (or ""), `details` one entry a field,
    `request_id` what to quote to the vendor's support (or None), and `retry_after` the seconds to
    wait (or None).
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str = "",
        details: tuple[FieldError, ...] = (),
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{status} {code}: {message}" if code else f"{status}: {message}")
        self.status = status
        self.code = code
        self.details = details
        self.request_id = request_id
        self.retry_after = retry_after  # from Retry-After or X-RateLimit-Reset


class RequestInvalidError(APIError):
    """A request that the vendor found invalid; `details` names the fields."""

    user_title = "The print shop could not accept this request"
    user_message = (
        "Something in the request was not valid for it. Try once more; if it happens again, make "
        "another choice."
    )


class AuthenticationError(APIError):
    """An API key that is missing, wrong or revoked."""

    user_title = "The print shop did not accept our API key"
    user_message = _FOR_OPERATORS


class PermissionDeniedError(APIError):
    """A request for something that belongs to another partner."""

    user_title = "The print shop did not allow this"
    user_message = f"It says that this does not belong to our account. {_FOR_OPERATORS}"


class NotFoundError(APIError):
    """A request for something that the vendor does not know."""

    user_title = "The print shop does not know this"
    user_message = "It could not find what we asked for; it may have been removed there."


class ConflictError(APIError):
    """A request that contradicts what the vendor already holds."""

    user_title = "The print shop has something else on record"
    user_message = "The request contradicts what it already holds, so nothing was changed."


class GoneError(APIError):
    """A link that was used or has expired."""

    user_title = "This link no longer works"
    user_message = "It was used before, or its time is over. Ask for a new one."


class RateLimitError(APIError):
    """Too many requests; `retry_after` is in seconds, or None."""

    is_temporary = True
    user_title = "The print shop is busy"

    @property
    def user_message(self) -> str:  # type: ignore[override]  # read-only here, as everywhere
        """Return what to say to a person, with the time to wait."""
        seconds = 60 if self.retry_after is None else max(1, ceil(self.retry_after))
        when = "a minute" if seconds == 60 else f"{seconds} second{'' if seconds == 1 else 's'}"
        return f"It has received many requests from us and asks us to wait. Try again in {when}."


class ServerError(APIError):
    """A failure on the vendor's side."""

    is_temporary = True
    user_title = "The print shop has a problem"
    user_message = (
        "It answered, but something went wrong there. This usually passes within a few minutes."
    )


class WebhookRefusedError(VendorError):
    """A webhook that is not applied; `status` and the message are the response to it."""

    status = 400
    message = "Invalid webhook payload"

    def __init__(self) -> None:
        super().__init__(self.message)


class MethodNotAllowedError(WebhookRefusedError):
    """Anything but POST."""

    status = 405
    message = "Method not allowed"


class LengthRequiredError(WebhookRefusedError):
    """A body of unannounced length."""

    status = 411
    message = "Length required"


class PayloadTooLargeError(WebhookRefusedError):
    """A body over 1 MiB."""

    status = 413
    message = "Payload too large"


class InvalidSignatureError(WebhookRefusedError):
    """A signature that is missing, malformed or wrong."""

    status = 401
    message = "Invalid webhook signature"


class InvalidPayloadError(WebhookRefusedError):
    """A body that is not the JSON that we know.

    `reason` is for developers. It names fields, never values, and is in no response.
    """

    def __init__(self, reason: str = "") -> None:
        super().__init__()
        self.reason = reason


class MissingFieldsError(InvalidPayloadError):
    """A body without a field that every event must have."""

    message = "Invalid webhook payload: missing required fields"
