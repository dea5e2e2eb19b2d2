"""The visitor's theme, in a cookie: the server renders it, so the page does not flash."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from pages.access import next_url

COOKIE = "theme"
THEMES = ("light", "dark")
_ONE_YEAR = 365 * 24 * 60 * 60  # seconds


def read_theme(request: HttpRequest) -> str:
    """Return "light", "dark", or "" when the device decides."""
    theme = request.COOKIES.get(COOKIE, "")
    return theme if theme in THEMES else ""


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Store the theme and send the visitor back; a value that is no theme deletes the cookie."""
    address = next_url(request, reverse("gallery:index"))
    response = HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            COOKIE,
            theme,
            max_age=_ONE_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
