"""Remember the visitor's theme in a cookie, so that the server renders it and nothing flashes."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "theme"
THEMES = ("light", "dark")
_ONE_YEAR = 365 * 24 * 60 * 60  # seconds


def theme_of(request: HttpRequest) -> str:
    """Return "light", "dark", or "" when the device decides."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else ""


def remember_theme(response: HttpResponse, theme: str) -> None:
    """Set the cookie; anything but a theme's name forgets the choice."""
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
