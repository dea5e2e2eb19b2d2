"""Authentication: the partner of an API key."""

from django.http import HttpRequest
from ninja.security import APIKeyHeader, HttpBearer

from printora_sandbox.partners import Partner, partner_by_key

from .errors import InvalidKeyError


class BearerKey(HttpBearer):
    """The documented form: ``Authorization: Bearer sk_test_…``."""

    def authenticate(self, request: HttpRequest, token: str) -> Partner | None:  # noqa: ARG002
        """Return the key's partner."""
        return _partner(token)


class HeaderKey(APIKeyHeader):
    """The older form: ``x-api-key: sk_test_…``."""

    param_name = "x-api-key"

    def authenticate(self, request: HttpRequest, key: str | None) -> Partner | None:  # noqa: ARG002
        """Return the key's partner."""
        return _partner(key or "")


API_KEY = [BearerKey(), HeaderKey()]


def calling_partner(request: HttpRequest) -> Partner | None:
    """Return the partner of a request's key, in any form, or ``None`` if the key is unknown."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    key = token.strip() if scheme.lower() == "bearer" else ""
    return partner_by_key(key or request.headers.get("x-api-key", "").strip())


def _partner(key: str) -> Partner | None:
    """Return the key's partner; ``None`` for no key lets the next form try."""
    if not key.strip():
        return None
    partner = partner_by_key(key.strip())
    if partner is None:
        raise InvalidKeyError
    return partner
