"""The vendor's errors; all of them share one envelope.

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
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

logger = logging.getLogger(__name__)

# The error types of a missing or an empty header. The idempotency key is the only header.
_MISSING_TYPES = ("missing", "string_pattern_mismatch")

Detail = dict[str, str]


class VendorError(Exception):
    """An error that the vendor documents."""

    status = HTTPStatus.BAD_REQUEST
    code = "VALIDATION_ERROR"
    message = "Invalid request"

    def __init__(self, message: str = "", *, details: Sequence[Detail] = ()) -> None:
        self.message = message or self.message
        self.details = details
        super().__init__(self.message)


class MissingKeyError(VendorError):
    """A request without an API key."""

    status = HTTPStatus.UNAUTHORIZED
    code, message = "MISSING_API_KEY", "API key is required"


class InvalidKeyError(VendorError):
    """An API key that no partner has."""

    status = HTTPStatus.UNAUTHORIZED
    code, message = "INVALID_API_KEY", "Partner API key is invalid or revoked"


class MissingIdempotencyKeyError(VendorError):
    """A "Create Session" request without an idempotency key."""

    code, message = "MISSING_IDEMPOTENCY_KEY", "Idempotency-Key header is required"


class InvalidFieldsError(VendorError):
    """Missing or invalid fields; ``details`` names them."""


class InvalidImageUrlError(VendorError):
    """A picture URL that can't be used."""

    code = "INVALID_IMAGE_URL"


class InvalidVariantsError(VendorError):
    """Variants that do not belong to the product."""

    code, message = "INVALID_VARIANTS", "Some variants do not belong to this product"


class ForbiddenError(VendorError):
    """A call that this partner may not make."""

    status = HTTPStatus.FORBIDDEN
    code, message = "FORBIDDEN", "Forbidden"


class NotFoundError(VendorError):
    """An object that does not exist, or that another partner owns."""

    status = HTTPStatus.NOT_FOUND
    code, message = "NOT_FOUND", "Not found"


class OrderNotFoundError(NotFoundError):
    """An order that does not exist, or that another partner owns."""

    code, message = "ORDER_NOT_FOUND", "Order not found"


class WebhookNotFoundError(NotFoundError):
    """A webhook log that does not exist, or that another partner owns."""

    code, message = "WEBHOOK_NOT_FOUND", "Webhook log not found"


class SessionNotFoundError(NotFoundError):
    """An edit session that does not exist."""

    code, message = "SESSION_NOT_FOUND", "Edit session not found"


class ConflictError(VendorError):
    """A unique value that another object already has."""

    status = HTTPStatus.CONFLICT
    code, message = "CONFLICT", "Conflict"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, details=[{"field": field, "message": message}])


class SessionUsedError(VendorError):
    """An edit session that a saved design has used."""

    status = HTTPStatus.GONE
    code, message = "SESSION_USED", "Edit session has already been used"


class SessionExpiredError(VendorError):
    """An edit session that has expired."""

    status = HTTPStatus.GONE
    code, message = "SESSION_EXPIRED", "Edit session has expired"


def field_error(field: str, message: str) -> InvalidFieldsError:
    """Return the error of one field."""
    return InvalidFieldsError(message, details=[{"field": field, "message": message}])


def error_response(
    status: int, code: str, message: str, details: Sequence[Detail] = ()
) -> HttpResponse:
    """Return the vendor's error envelope."""
    error: dict[str, Any] = {"code": code, "message": message}
    if details:
        error["details"] = list(details)
    return JsonResponse({"success": False, "error": error}, status=status)


def add_handlers(api: NinjaAPI) -> None:
    """Make every error of this API use the vendor's envelope."""
    api.add_exception_handler(VendorError, _vendor_error)
    api.add_exception_handler(ValidationError, _validation_error)
    api.add_exception_handler(AuthenticationError, _authentication_error)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(Http404, _http_404)
    api.add_exception_handler(RequestDataTooBig, _too_big)
    api.add_exception_handler(Exception, _internal_error)


def _vendor_error(_request: HttpRequest, error: VendorError | type[VendorError]) -> HttpResponse:
    return error_response(error.status, error.code, error.message, getattr(error, "details", ()))


def _validation_error(
    request: HttpRequest, error: ValidationError | type[ValidationError]
) -> HttpResponse:
    problems = error.errors if isinstance(error, ValidationError) else []
    if any(each["loc"][0] == "header" and each["type"] in _MISSING_TYPES for each in problems):
        return _vendor_error(request, MissingIdempotencyKeyError())
    details = [_detail(problem) for problem in problems]
    message = details[0]["message"] if len(details) == 1 else "Validation failed"
    return error_response(HTTPStatus.BAD_REQUEST, "VALIDATION_ERROR", message, details)


def _detail(problem: dict[str, Any]) -> Detail:
    """Return the vendor's error detail of one field, without the field's value."""
    path = [str(part) for part in problem["loc"][1:]]
    if path[:1] == ["payload"] or (path[:1] == ["page"] and len(path) > 1):
        path = path[1:]  # the parameter's name; the catalog also has a field "page"
    field = ".".join(path) or "body"
    if problem["type"] == "missing":
        return {"field": field, "message": f"{field} is required"}
    return {"field": field, "message": problem["msg"].removeprefix("Value error, ")}


def _authentication_error(
    request: HttpRequest, _error: AuthenticationError | type[AuthenticationError]
) -> HttpResponse:
    return _vendor_error(request, MissingKeyError())


def _http_error(_request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    """Return the error of a body that is not valid JSON."""
    status = error.status_code if isinstance(error, HttpError) else HTTPStatus.BAD_REQUEST
    message = "Request body must be valid JSON"
    return error_response(
        status, "VALIDATION_ERROR", message, [{"field": "body", "message": message}]
    )


def _http_404(request: HttpRequest, _error: Http404 | type[Http404]) -> HttpResponse:
    return _vendor_error(request, NotFoundError())


def _too_big(
    _request: HttpRequest, _error: RequestDataTooBig | type[RequestDataTooBig]
) -> HttpResponse:
    message = "Request body is too large"
    return error_response(
        HTTPStatus.BAD_REQUEST, "VALIDATION_ERROR", message, [{"field": "body", "message": message}]
    )


def _internal_error(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    logger.error("The API failed.", exc_info=error if isinstance(error, Exception) else None)
    return error_response(
        HTTPStatus.INTERNAL_SERVER_ERROR, "INTERNAL_ERROR", "Internal server error"
    )
