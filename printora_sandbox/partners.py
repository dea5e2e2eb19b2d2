"""The partners that Printora knows: one, taken from the settings."""

import secrets
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A company that may call the API and is told of its orders by webhook."""

    id: str
    name: str
    home_url: str
    api_keys: tuple[str, ...]
    webhook_url: str
    webhook_secret: str


def all_partners() -> tuple[Partner, ...]:
    """Return every partner; while a webhook secret rotates, the first one signs."""
    return (
        Partner(
            id="partner_dreamcanvas",
            name="DreamCanvas",
            home_url=settings.PARTNER_URL,
            api_keys=(settings.PARTNER_API_KEY,),
            webhook_url=settings.PARTNER_WEBHOOK_URL,
            webhook_secret=settings.PARTNER_WEBHOOK_SECRETS[0],
        ),
    )


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
