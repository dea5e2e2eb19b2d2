"""The common parts of the API's responses: rate limit, faults, and errors as JSON."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from .auth import calling_partner
from .errors import error_response
from .faults import respond_with_faults
from .rate_limit import limiter

View = Callable[[HttpRequest], HttpResponse]


class VendorApiMiddleware:
    """The middleware of ``/api/v1/`` and the console's API; it does not touch other paths."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response to one request."""
        if request.path.startswith("/console/api/"):
            return self._json_response(request)
        if not request.path.startswith("/api/v1/"):
            return self.get_response(request)
        if not settings.RATE_LIMIT_PER_MINUTE:
            return respond_with_faults(request, self._json_response)
        return self._rate_limited(request)

    def _rate_limited(self, request: HttpRequest) -> HttpResponseBase:
        allowance = limiter.count_call(_caller(request), limit=settings.RATE_LIMIT_PER_MINUTE)
        response: HttpResponseBase
        if allowance.exceeded:
            status = HTTPStatus.TOO_MANY_REQUESTS
            response = error_response(status, "RATE_LIMIT_EXCEEDED", "Too many requests")
            response["Retry-After"] = str(allowance.retry_after)
        else:
            response = respond_with_faults(request, self._json_response)
        for name, value in allowance.headers().items():
            response[name] = value
        return response

    def _json_response(self, request: HttpRequest) -> HttpResponse:
        """Return the view's response; Django's own 405 becomes JSON."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        error = error_response(
            HTTPStatus.METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "Method not allowed"
        )
        error["Allow"] = response["Allow"]
        return error


def _caller(request: HttpRequest) -> str:
    """Return the caller's id: the partner, or the address if the key is unknown."""
    partner = calling_partner(request)
    return partner.id if partner else f"address {request.META.get('REMOTE_ADDR', '')}"
