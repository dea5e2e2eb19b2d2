"""Name everything that can go wrong between us and Printora.

PrintoraError
├── ArgumentError             the call could not be right, so it was never sent
├── TransportError            no reply: the connection broke, or timed out
│   └── UnreachableError      not even a connection, so nothing was carried out
├── UnexpectedReplyError      a reply, but not the JSON we know
├── RedirectRefusedError      a redirect to a host that is not on the allow-list
├── ReplyError                Printora said no: status, code, details, request_id
│   ├── RequestInvalidError   400, 422
│   ├── AuthenticationError   401
│   ├── PermissionDeniedError 403
│   ├── NotFoundError         404
│   ├── ConflictError         409 (a replayed idempotency key is a success, not this)
│   ├── GoneError             410
│   ├── RateLimitError        429: retry_after
│   └── ServerError           5xx
└── WebhookRefusedError       a webhook that is not applied: status
    ├── MethodNotAllowedError 405
    ├── LengthRequiredError   411
    ├── PayloadTooLargeError  413
    ├── InvalidSignatureError 401
    └── InvalidPayloadError   400
        └── MissingFieldsError

No message, reason, `str()` or `repr()` here carries a key, a token, a signature or a body. A
ReplyError quotes Printora's own code and reason: printable, at most 200 characters each, and
without anything that looks like a key, a webhook secret or a link.
"""

from dataclasses import dataclass


class PrintoraError(Exception):
    """Be the root of every error that this package raises on purpose."""


class ArgumentError(PrintoraError, ValueError):
    """Refuse a call before it is sent; the message names the argument."""


class TransportError(PrintoraError):
    """Report that no reply came: the request may or may not have been carried out."""


class UnreachableError(TransportError):
    """Report that there was no connection: the request was not carried out."""


class UnexpectedReplyError(PrintoraError):
    """Report a reply that is not the JSON we know."""


class RedirectRefusedError(PrintoraError):
    """Refuse to send a visitor to a host that PRINTORA_REDIRECT_HOSTS does not name."""


@dataclass(frozen=True)
class FieldProblem:
    """Say what Printora found wrong with one field of a request."""

    field: str
    message: str


class ReplyError(PrintoraError):
    """Report that Printora said no.

    `status` is the HTTP status, `code` Printora's own (or ""), `details` one entry a field, and
    `request_id` what to quote to its support (or None).
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str = "",
        details: tuple[FieldProblem, ...] = (),
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{status} {code}: {message}" if code else f"{status}: {message}")
        self.status = status
        self.code = code
        self.details = details
        self.request_id = request_id
        self.retry_after = retry_after  # seconds, from Retry-After or X-RateLimit-Reset


class RequestInvalidError(ReplyError):
    """Report a request that Printora found invalid; `details` names the fields."""


class AuthenticationError(ReplyError):
    """Report an API key that is missing, wrong or revoked."""


class PermissionDeniedError(ReplyError):
    """Report something that belongs to another partner."""


class NotFoundError(ReplyError):
    """Report something that Printora does not know."""


class ConflictError(ReplyError):
    """Report a request that contradicts what Printora already holds."""


class GoneError(ReplyError):
    """Report a link that was used or has expired."""


class RateLimitError(ReplyError):
    """Report too many requests; `retry_after` is in seconds, or None."""


class ServerError(ReplyError):
    """Report a failure on Printora's side."""


class WebhookRefusedError(PrintoraError):
    """Refuse a webhook; `status` and the message are the reply, and nothing is kept."""

    status = 400
    message = "Invalid webhook payload"

    def __init__(self) -> None:
        super().__init__(self.message)


class MethodNotAllowedError(WebhookRefusedError):
    """Refuse anything but POST."""

    status = 405
    message = "Method not allowed"


class LengthRequiredError(WebhookRefusedError):
    """Refuse a body of unannounced length."""

    status = 411
    message = "Length required"


class PayloadTooLargeError(WebhookRefusedError):
    """Refuse a body over 1 MiB."""

    status = 413
    message = "Payload too large"


class InvalidSignatureError(WebhookRefusedError):
    """Refuse a body whose signature is missing, malformed or wrong."""

    status = 401
    message = "Invalid webhook signature"


class InvalidPayloadError(WebhookRefusedError):
    """Refuse a body that is not the JSON we know.

    `reason` tells our own people what is wrong, naming fields and never values; no reply has it.
    """

    def __init__(self, reason: str = "") -> None:
        super().__init__()
        self.reason = reason


class MissingFieldsError(InvalidPayloadError):
    """Refuse a body that lacks a field no event can do without."""

    message = "Invalid webhook payload: missing required fields"
