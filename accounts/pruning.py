"""Delete what the sign-ins leave behind: old sessions, and django-axes' rows."""

from datetime import timedelta
from importlib import import_module

from axes.helpers import get_cool_off
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

LOG_DAYS = 90  # who signed in, when and from where
_SET_UP_LIFETIME = timedelta(days=1)


def prune() -> str:
    """Delete what no longer has a use, and return the counts."""
    now = timezone.now()
    sessions = Session.objects.filter(expire_date__lt=now).count()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    outdated = {
        "failed sign-ins": AccessAttempt.objects.filter(attempt_time__lt=now - get_cool_off()),
        "lines of the sign-in log": AccessLog.objects.filter(
            attempt_time__lt=now - timedelta(days=LOG_DAYS)
        ),
        "lines of the failure log": AccessFailureLog.objects.filter(
            attempt_time__lt=now - timedelta(days=LOG_DAYS)
        ),
        "unfinished second factors": TOTPDevice.objects.filter(
            confirmed=False, created_at__lt=now - _SET_UP_LIFETIME
        ),
    }
    counts = {"sessions": sessions} | {what: rows.delete()[0] for what, rows in outdated.items()}
    return ", ".join(f"{count} {what}" for what, count in counts.items())
