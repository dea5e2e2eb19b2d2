"""Browsers in which a person has signed in before: a random id in a signed cookie.

An attacker who guesses from many addresses keeps new browsers out while it lasts. A browser that
the person has used before has failures of its own, so nobody can lock the person out of it.
The cookie gives no access: the password and the code are asked for as everywhere.
"""

import secrets

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

_LIFETIME = 180 * 24 * 60 * 60  # seconds


def known_browser_id(request: HttpRequest, username: str) -> str | None:
    """Return the id of this browser, where this person has signed in before; else None."""
    value = request.COOKIES.get(_cookie_name(), "")
    try:
        return _signer(username).unsign(value, max_age=_LIFETIME)
    except BadSignature:
        return None


def remember_browser(response: HttpResponse, user: AbstractBaseUser) -> None:
    """Set the cookie of a browser in which this person has just signed in."""
    response.set_cookie(
        _cookie_name(),
        _signer(user.get_username()).sign(secrets.token_hex(16)),
        max_age=_LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _cookie_name() -> str:
    return f"{settings.SESSION_COOKIE_NAME}_known"


def _signer(username: str) -> TimestampSigner:
    # The name is in the salt: the cookie counts for this person only, and does not show the name.
    return TimestampSigner(salt=f"accounts.known_browsers:{username}")
