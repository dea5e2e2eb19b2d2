"""What the log says about sign-ins: one line each, with neither a name nor a password.

A failed sign-in is logged with the client's address, which tools that block attackers read. A
person who has signed in is logged by the id of the user.
"""

import logging
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import second_factor, sessions

logger = logging.getLogger(__name__)


@receiver(user_logged_in)
def on_sign_in(*, request: HttpRequest, user: User, **_kwargs: object) -> None:
    """Start the clock of the session, and log who signed in."""
    sessions.start_clock(request.session)
    how = "with a second factor" if second_factor.is_verified(user) else "with a password"
    logger.info("user %d signed in %s from %s", user.pk, how, client_address(request))


@receiver(user_login_failed)
def on_failed_sign_in(*, request: HttpRequest | None = None, **_kwargs: object) -> None:
    """Log a failure; django-axes has counted it before."""
    what = "locked" if getattr(request, "axes_locked_out", False) else "failed"
    logger.warning("sign-in %s from %s", what, client_address(request))


@receiver(post_delete, sender=TOTPDevice)
def on_removed_authenticator(*, instance: Any, **_kwargs: object) -> None:  # noqa: ANN401 -- untyped
    """Remove the recovery codes together with the authenticator, whoever removed it."""
    if instance.confirmed:
        StaticDevice.objects.filter(user=instance.user_id).delete()
        logger.warning("second factor of user %d removed", instance.user_id)


def client_address(request: HttpRequest | None) -> str:
    """Return the client's address for the log."""
    return (request.META.get("REMOTE_ADDR") if request else None) or "an unknown address"
