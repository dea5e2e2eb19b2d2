"""The partners that Printora knows: ours, taken from the settings, and a stranger to it.

A key works in four spellings: ``sk_`` or ``pk_``, ``test_`` or ``live_``, before one secret part.
"""

import re
import secrets
from dataclasses import dataclass

from django.conf import settings

_PREFIXES = ("sk_test_", "sk_live_", "pk_test_", "pk_live_")
_KEY = re.compile(r"[sp]k_(?:test|live)_(.+)")


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A company that may call the API; one without ``webhook_url`` is told nothing."""

    id: str
    name: str
    home_url: str
    api_keys: tuple[str, ...]
    webhook_url: str
    webhook_secret: str


def all_partners() -> tuple[Partner, ...]:
    """Return every partner, ours first; while a webhook secret rotates, the first one signs."""
    return (
        Partner(
            id="partner_dreamcanvas",
            name="DreamCanvas",
            home_url=settings.PARTNER_URL,
            api_keys=spellings(settings.PARTNER_API_KEY),
            webhook_url=settings.PARTNER_WEBHOOK_URL,
            webhook_secret=settings.PARTNER_WEBHOOK_SECRETS[0],
        ),
        Partner(
            id="partner_rival_prints",
            name="Rival Prints",
            home_url="https://rival-prints.example",
            api_keys=spellings("sk_test_rival_prints_sandbox"),
            webhook_url=settings.RIVAL_WEBHOOK_URL,
            webhook_secret="whsec_rival_prints_sandbox",  # noqa: S106  (as public as this file)
        ),
    )


def spellings(key: str) -> tuple[str, ...]:
    """Return a key in test and live mode; one with an unknown prefix is only itself."""
    known = _KEY.fullmatch(key)
    return tuple(prefix + known[1] for prefix in _PREFIXES) if known else (key,)


def partner_by_id(partner_id: str) -> Partner:
    """Return the partner with this id; raise ``LookupError`` if there is none."""
    for partner in all_partners():
        if partner.id == partner_id:
            return partner
    raise LookupError(partner_id)


def partner_by_key(key: str) -> Partner | None:
    """Return the partner whose key this is, comparing as bytes and in constant time."""
    given = key.encode("utf-8", "surrogateescape")
    for partner in all_partners():
        if any(secrets.compare_digest(given, known.encode()) for known in partner.api_keys):
            return partner
    return None
