"""Visitors without an account: one random id in a signed cookie."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "printora_visitor"
_SALT = "printora_integration.visitor"
_ONE_YEAR = 365 * 24 * 60 * 60  # seconds


def visitor_id(request: HttpRequest) -> str:
    """Return this visitor's id: 32 hex digits, made on first use.

    Call it on the page that shows the print button too, so that the cookie is there before the
    first click: two clicks without one would be two visitors.
    """
    known: str | None = getattr(request, "_printora_visitor", None)
    if known is None:
        known = request.get_signed_cookie(COOKIE, default=None, salt=_SALT)
        if known is None:
            known = secrets.token_hex(16)
            request._printora_new_visitor = True  # type: ignore[attr-defined]  # noqa: SLF001
        request._printora_visitor = known  # type: ignore[attr-defined]  # noqa: SLF001
    return known


class VisitorMiddleware:
    """Middleware that sets the cookie of a new visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the cookie on the response to a request that asked for an id and had none."""
        response = self.get_response(request)
        if getattr(request, "_printora_new_visitor", False):
            response.set_signed_cookie(
                COOKIE,
                visitor_id(request),
                salt=_SALT,
                max_age=_ONE_YEAR,
                httponly=True,
                samesite="Lax",  # it must come along when the vendor sends the visitor back
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response
