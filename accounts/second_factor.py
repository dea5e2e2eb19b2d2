"""The second factor: a code from an authenticator app (TOTP), or a recovery code.

django-otp verifies and throttles. The secret of an authenticator must be readable to compute
codes, so the database holds it as it is. Recovery codes are stored as hashes.
"""

import hashlib
import math
import secrets
from base64 import b32encode
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
# django-otp doubles the delay after each wrong code without end. With at most 2¹¹ seconds (34
# minutes), whoever knows the password cannot keep the person out for years.
_MAX_COUNTED_FAILURES = 12
_WRONG_CODE = "This code is wrong, or it was used before. Enter the next one that you see."


class CodeError(Exception):
    """A code that is not accepted; the message is for the person."""


def is_required(user: User | AnonymousUser) -> bool:
    """Return whether this person's password alone is not enough."""
    return bool(settings.STAFF_SECOND_FACTOR and (user.is_staff or user.is_superuser))


def is_verified(user: User | AnonymousUser) -> bool:
    """Return whether OTPMiddleware found a device that verified this session."""
    return getattr(user, "otp_device", None) is not None


def has_authenticator(user: User) -> bool:
    """Return whether the person has set up an authenticator app."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def authenticator_to_set_up(user: User, pk: int | None = None) -> Any:  # noqa: ANN401 -- untyped
    """Return the unconfirmed device with this key, or a new one with a new secret.

    Each sign-in has its own: whoever learned the password earlier may have seen another secret.
    """
    device = TOTPDevice.objects.filter(user=user, confirmed=False, pk=pk).first()
    if device is None:
        TOTPDevice.objects.filter(user=user, confirmed=False).delete()
        device = TOTPDevice.objects.create(user=user, confirmed=False, name="Authenticator app")
    return device


def secret_text(device: Any) -> str:  # noqa: ANN401 -- untyped
    """Return a device's secret as people type it: base32 in groups of four."""
    return _in_groups(b32encode(device.bin_key).decode())


def confirm_authenticator(device: Any, code: str) -> None:  # noqa: ANN401 -- untyped
    """Confirm a device with its first code. Raises CodeError.

    A device that another sign-in has replaced meanwhile is not confirmed.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=device.user_id)  # one at a time
        devices = TOTPDevice.objects.filter(pk=device.pk, confirmed=False)
        refusal = _WRONG_CODE if has_authenticator(user) else _refusal(devices, code)
        if not refusal:
            devices.update(confirmed=True)
    if refusal:
        raise CodeError(refusal)
    device.confirmed = True


def check_code(user: User, code: str) -> Any:  # noqa: ANN401 -- untyped
    """Return the authenticator that accepts this code. Raises CodeError."""
    return _accepting(TOTPDevice.objects.filter(user=user, confirmed=True), code)


def check_recovery_code(user: User, code: str) -> Any:  # noqa: ANN401 -- untyped
    """Use up a recovery code, and return the device that had it. Raises CodeError."""
    return _accepting(StaticDevice.objects.filter(user=user), _recovery_hash(code))


def check_any_code(user: User, code: str) -> None:
    """Use up a code of the authenticator or a recovery code. Raises CodeError."""
    digits = "".join(code.split())
    if len(digits) == 6 and digits.isdecimal():
        check_code(user, digits)
    else:
        check_recovery_code(user, code)


def make_recovery_codes(user: User) -> list[str]:
    """Replace the person's recovery codes, and return the new ones: nothing can show them again."""
    codes = [_in_groups(b32encode(secrets.token_bytes(10)).decode()) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="Recovery codes")
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=_recovery_hash(code)) for code in codes
        )
    return codes


def count_recovery_codes(user: User) -> int:
    """Return how many recovery codes the person has left."""
    return int(StaticToken.objects.filter(device__user=user).count())


def remove_devices(user: User) -> int:
    """Remove a person's authenticators and recovery codes; return how many were set up.

    Sessions that they verified end with them.
    """
    with transaction.atomic():
        devices = TOTPDevice.objects.filter(user=user)
        count = int(devices.filter(confirmed=True).count())
        devices.delete()
        StaticDevice.objects.filter(user=user).delete()
    return count


def _accepting(devices: Any, code: str) -> Any:  # noqa: ANN401 -- untyped
    with transaction.atomic():
        refusal = _refusal(devices, code)
    if refusal:  # outside the transaction: a failure must count
        raise CodeError(refusal)
    return devices.get()


def _refusal(devices: Any, code: str) -> str | None:  # noqa: ANN401 -- untyped
    """Return why a code is not accepted, or None where it is: then it is used up."""
    device = devices.select_for_update().first()
    if device is None:
        return _WRONG_CODE
    allowed, details = device.verify_is_allowed()
    if not allowed:
        return f"There were wrong codes before. Try again in {_duration(details['locked_until'])}."
    if device.verify_token(code):
        return None
    if device.throttling_failure_count > _MAX_COUNTED_FAILURES:
        device.throttling_failure_count = _MAX_COUNTED_FAILURES
        device.save(update_fields=["throttling_failure_count"])
    return _WRONG_CODE


def _duration(until: datetime) -> str:
    seconds = max(1, math.ceil((until - timezone.now()).total_seconds()))
    count, unit = (seconds, "second") if seconds < 60 else (math.ceil(seconds / 60), "minute")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _recovery_hash(code: str) -> str:
    # 80 bits of chance need no salt and no slow hash. django-otp's column has 16 characters.
    plain = "".join(code.split()).replace("-", "").upper()
    return b32encode(hashlib.sha256(plain.encode()).digest()).decode()[:16]


def _in_groups(text: str) -> str:
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
