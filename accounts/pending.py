"""A sign-in that waits for its second factor: the password was right, and nobody is signed in yet.

It is in the session, and apart from Django's own keys: `request.user` stays anonymous, so no view
can mistake it for a signed-in person.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from . import second_factor

_KEY = "pending_sign_in"
_DEVICE_KEY = "pending_device"
LIFETIME = 15 * 60  # seconds: an authenticator app must be installed in them


@dataclass(frozen=True)
class PendingSignIn:
    """A person whose password was right, and the page to which they were going."""

    user: User
    backend: str
    next_url: str


def begin(request: HttpRequest, user: User, *, backend: str, next_url: str) -> None:
    """Remember a right password, in a new session."""
    logout(request)
    request.session[_KEY] = {
        "user": user.pk,
        "backend": backend,
        "hash": user.get_session_auth_hash(),  # a changed password ends it
        "at": int(time.time()),
        "next": next_url,
    }


def get_pending(request: HttpRequest) -> PendingSignIn | None:
    """Return the sign-in that waits in this session, unless it is too old or was overtaken."""
    values: dict[str, Any] | None = request.session.get(_KEY)
    if values is None or not 0 <= time.time() - values["at"] < LIFETIME:
        return None
    user = User.objects.filter(pk=values["user"], is_active=True).first()
    if user is None or not second_factor.is_required(user):
        return None
    if not constant_time_compare(values["hash"], user.get_session_auth_hash()):
        return None
    return PendingSignIn(user, values["backend"], values["next"])


def device_to_set_up(request: HttpRequest, pending: PendingSignIn) -> Any:  # noqa: ANN401 -- untyped
    """Return the authenticator that this sign-in sets up."""
    device = second_factor.authenticator_to_set_up(pending.user, request.session.get(_DEVICE_KEY))
    request.session[_DEVICE_KEY] = device.pk
    return device


def finish(request: HttpRequest, pending: PendingSignIn, device: Any) -> None:  # noqa: ANN401 -- untyped
    """Sign the person in, verified by a device, with a new session key."""
    request.session.pop(_KEY, None)
    request.session.pop(_DEVICE_KEY, None)
    pending.user.otp_device = device  # type: ignore[attr-defined]  # django-otp stores it
    login(request, pending.user, backend=pending.backend)
