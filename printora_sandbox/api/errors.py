"""The vendor's errors: one envelope, whatever went wrong.

VendorError
├── MissingKeyError              401 MISSING_API_KEY
├── InvalidKeyError              401 INVALID_API_KEY
├── MissingIdempotencyKeyError   400 MISSING_IDEMPOTENCY_KEY
├── InvalidFieldsError           400 VALIDATION_ERROR, with the fields
├── InvalidImageUrlError         400 INVALID_IMAGE_URL
├── InvalidVariantsError         400 INVALID_VARIANTS
├── ForbiddenError               403 FORBIDDEN
├── ConflictError                409 CONFLICT
├── NotFoundError                404 NOT_FOUND
│   ├── OrderNotFoundError       404 ORDER_NOT_FOUND
│   ├── WebhookNotFoundError     404 WEBHOOK_NOT_FOUND
│   └── SessionNotFoundError     404 SESSION_NOT_FOUND, of the design editor
├── SessionUsedError             410 SESSION_USED
└── SessionExpiredError          410 SESSION_EXPIRED
"""

import logging
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

logger = logging.getLogger(__name__)

# Left out, or there is nothing in it. The only header that a call asks for is the key.
_ABSENT = ("missing", "string_pattern_mismatch")

Detail = dict[str, str]


class VendorError(Exception):
    """A refusal that the vendor documents."""

    status = 400
    code = "VALIDATION_ERROR"
    message = "Invalid request"

    def __init__(self, message: str = "", *, details: Sequence[Detail] = ()) -> None:
        self.message = message or self.message
        self.details = details
        super().__init__(self.message)


class MissingKeyError(VendorError):
    """No key was sent, in either form."""

    status, code, message = 401, "MISSING_API_KEY", "API key is required"


class InvalidKeyError(VendorError):
    """A key was sent that belongs to nobody."""

    status, code, message = 401, "INVALID_API_KEY", "Partner API key is invalid or revoked"


class MissingIdempotencyKeyError(VendorError):
    """A session was asked for without the header that makes asking twice safe."""

    code, message = "MISSING_IDEMPOTENCY_KEY", "Idempotency-Key header is required"


class InvalidFieldsError(VendorError):
    """A field is missing or wrong; ``details`` says which."""


class InvalidImageUrlError(VendorError):
    """The picture's address can't be used."""

    code = "INVALID_IMAGE_URL"


class InvalidVariantsError(VendorError):
    """Some variants are not the product's."""

    code, message = "INVALID_VARIANTS", "Some variants do not belong to this product"


class ForbiddenError(VendorError):
    """The caller may not do this."""

    status, code, message = 403, "FORBIDDEN", "Forbidden"


class NotFoundError(VendorError):
    """There is no such thing, or it is another partner's."""

    status, code, message = 404, "NOT_FOUND", "Not found"


class OrderNotFoundError(NotFoundError):
    """There is no such order, or it is another partner's."""

    code, message = "ORDER_NOT_FOUND", "Order not found"


class WebhookNotFoundError(NotFoundError):
    """There is no such webhook log, or it is another partner's."""

    code, message = "WEBHOOK_NOT_FOUND", "Webhook log not found"


class SessionNotFoundError(NotFoundError):
    """There is no such link to the design editor."""

    code, message = "SESSION_NOT_FOUND", "Edit session not found"


class ConflictError(VendorError):
    """Another thing has what must be unique."""

    status, code, message = 409, "CONFLICT", "Conflict"

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text, details=[{"field": field, "message": text}])


class SessionUsedError(VendorError):
    """A design was saved through this link already."""

    status, code, message = 410, "SESSION_USED", "Edit session has already been used"


class SessionExpiredError(VendorError):
    """The link to the design editor is too old."""

    status, code, message = 410, "SESSION_EXPIRED", "Edit session has expired"


def refused(field: str, text: str) -> InvalidFieldsError:
    """Return the error of one field."""
    return InvalidFieldsError(text, details=[{"field": field, "message": text}])


def reply(status: int, code: str, message: str, details: Sequence[Detail] = ()) -> HttpResponse:
    """Return the vendor's error envelope."""
    error: dict[str, Any] = {"code": code, "message": message}
    if details:
        error["details"] = list(details)
    return JsonResponse({"success": False, "error": error}, status=status)


def install(api: NinjaAPI) -> None:
    """Make every failure of this API answer in the vendor's envelope."""
    api.add_exception_handler(VendorError, _vendor_error)
    api.add_exception_handler(ValidationError, _validation_error)
    api.add_exception_handler(AuthenticationError, _authentication_error)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(Http404, _http_404)
    api.add_exception_handler(RequestDataTooBig, _too_big)
    api.add_exception_handler(Exception, _internal_error)


def _vendor_error(_request: HttpRequest, error: VendorError | type[VendorError]) -> HttpResponse:
    return reply(error.status, error.code, error.message, getattr(error, "details", ()))


def _validation_error(
    request: HttpRequest, error: ValidationError | type[ValidationError]
) -> HttpResponse:
    problems = error.errors if isinstance(error, ValidationError) else []
    if any(p["loc"][0] == "header" and p["type"] in _ABSENT for p in problems):
        return _vendor_error(request, MissingIdempotencyKeyError())
    details = [_detail(problem) for problem in problems]
    message = details[0]["message"] if len(details) == 1 else "Validation failed"
    return reply(400, "VALIDATION_ERROR", message, details)


def _detail(problem: dict[str, Any]) -> Detail:
    """Say what is wrong with one field, in the vendor's terms, without repeating its value."""
    path = [str(part) for part in problem["loc"][1:]]
    if path[:1] == ["payload"] or (path[:1] == ["page"] and len(path) > 1):
        path = path[1:]  # our name for the whole; the catalog has a field called "page"
    field = ".".join(path) or "body"
    if problem["type"] == "missing":
        return {"field": field, "message": f"{field} is required"}
    return {"field": field, "message": problem["msg"].removeprefix("Value error, ")}


def _authentication_error(
    request: HttpRequest, _error: AuthenticationError | type[AuthenticationError]
) -> HttpResponse:
    return _vendor_error(request, MissingKeyError())


def _http_error(_request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    """Answer what the framework refuses by itself: a body that is no JSON."""
    status = error.status_code if isinstance(error, HttpError) else 400
    text = "Request body must be valid JSON"
    return reply(status, "VALIDATION_ERROR", text, [{"field": "body", "message": text}])


def _http_404(request: HttpRequest, _error: Http404 | type[Http404]) -> HttpResponse:
    return _vendor_error(request, NotFoundError())


def _too_big(
    _request: HttpRequest, _error: RequestDataTooBig | type[RequestDataTooBig]
) -> HttpResponse:
    text = "Request body is too large"
    return reply(400, "VALIDATION_ERROR", text, [{"field": "body", "message": text}])


def _internal_error(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    logger.error("The API failed.", exc_info=error if isinstance(error, Exception) else None)
    return reply(500, "INTERNAL_ERROR", "Internal server error")
