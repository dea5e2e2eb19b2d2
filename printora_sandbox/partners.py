"""Printora's partners: the one in the settings, and a second one for tests of access rights.

An API key is valid with four prefixes: ``sk_`` or ``pk_``, then ``test_`` or ``live_``.
"""

import re
import secrets
from dataclasses import dataclass

from django.conf import settings

_PREFIXES = ("sk_test_", "sk_live_", "pk_test_", "pk_live_")
_KEY = re.compile(r"[sp]k_(?:test|live)_(.+)")


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A company that may call the API; without ``webhook_url`` it gets no webhooks."""

    id: str
    name: str
    home_url: str
    api_keys: tuple[str, ...]
    webhook_url: str
    webhook_secret: str


def all_partners() -> tuple[Partner, ...]:
    """Return every partner, the one in the settings first.

    While a webhook secret is being rotated there are several; the first one signs.
    """
    return (
        Partner(
            id="partner_dreamcanvas",
            name="DreamCanvas",
            home_url=settings.PARTNER_URL,
            api_keys=key_variants(settings.PARTNER_API_KEY),
            webhook_url=settings.PARTNER_WEBHOOK_URL,
            webhook_secret=settings.PARTNER_WEBHOOK_SECRETS[0],
        ),
        Partner(
            id="partner_rival_prints",
            name="Rival Prints",
            home_url="https://rival-prints.example",
            api_keys=key_variants("sk_test_rival_prints_sandbox"),
            webhook_url=settings.RIVAL_WEBHOOK_URL,
            webhook_secret="whsec_rival_prints_sandbox",  # noqa: S106  (as public as this file)
        ),
    )


def key_variants(key: str) -> tuple[str, ...]:
    """Return a key with every valid prefix, or the same key if its prefix is unknown."""
    match = _KEY.fullmatch(key)
    return tuple(prefix + match[1] for prefix in _PREFIXES) if match else (key,)


def partner_by_id(partner_id: str) -> Partner:
    """Return the partner with this id; raise ``LookupError`` if there is none."""
    for partner in all_partners():
        if partner.id == partner_id:
            return partner
    raise LookupError(partner_id)


def partner_by_key(key: str) -> Partner | None:
    """Return the partner of a key; keys are compared as bytes and in constant time."""
    given = key.encode("utf-8", "surrogateescape")
    for partner in all_partners():
        if any(secrets.compare_digest(given, known.encode()) for known in partner.api_keys):
            return partner
    return None
