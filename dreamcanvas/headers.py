"""Security headers for the responses that the page middleware never sees."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# A response without a policy of its own is no page: it loads nothing and stands in no frame.
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_DETAILED_ERRORS = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR})


class HeadersMiddleware:
    """Middleware that adds the headers which a response lacks; put it before all others.

    WhiteNoise's files, webhooks and redirects to https are answered before CSPMiddleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add a policy, and say which sites may embed the response."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return response  # the browser keeps the headers that it has
        # Django's error pages with details, for developers only, have their styles inside.
        if not (settings.DEBUG and response.status_code in _DETAILED_ERRORS):
            response.headers.setdefault("Content-Security-Policy", POLICY)
        # Printora's pages show our pictures, and nothing else of ours.
        is_picture = response.headers.get("Content-Type", "").startswith("image/")
        embedding = "cross-origin" if is_picture else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", embedding)
        return response
