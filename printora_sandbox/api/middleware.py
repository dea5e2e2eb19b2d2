"""What every reply of the vendor's API has in common: rate-limit headers, and JSON to the last."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from .auth import calling_partner
from .errors import reply
from .faults import answer_with_faults
from .rate_limit import limiter

View = Callable[[HttpRequest], HttpResponse]


class VendorApiMiddleware:
    """Guard ``/api/v1/``, and keep the console's API to JSON; other paths pass untouched."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        if request.path.startswith("/console/api/"):
            return self._answer(request)
        if not request.path.startswith("/api/v1/"):
            return self.get_response(request)
        if not settings.RATE_LIMIT_PER_MINUTE:
            return answer_with_faults(request, self._answer)
        return self._limited(request)

    def _limited(self, request: HttpRequest) -> HttpResponseBase:
        allowance = limiter.spend(_caller(request), limit=settings.RATE_LIMIT_PER_MINUTE)
        response: HttpResponseBase
        if allowance.exceeded:
            response = reply(429, "RATE_LIMIT_EXCEEDED", "Too many requests")
            response["Retry-After"] = str(allowance.retry_after)
        else:
            response = answer_with_faults(request, self._answer)
        for name, value in allowance.headers().items():
            response[name] = value
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405:
            return response
        as_json = reply(405, "METHOD_NOT_ALLOWED", "Method not allowed")
        as_json["Allow"] = response["Allow"]
        return as_json


def _caller(request: HttpRequest) -> str:
    """Count by partner; callers without a known key share their address's allowance."""
    partner = calling_partner(request)
    return partner.id if partner else f"address {request.META.get('REMOTE_ADDR', '')}"
