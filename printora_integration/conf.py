"""The settings of this package, each read when it is used, so that tests may change them."""

import re
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from vendor_kit.arguments import split_list

SIGNATURE_HEADER = "x-printora-signature"
# What documents print in a secret's place; or the beginning of one, with nothing behind it.
_PLACEHOLDER = re.compile(r"x{4}|X{4}|your_|change-me|\.\.\.|…|^([ps]k_(test|live)_|whsec_)$")


def text(name: str) -> str:
    """Return a setting as text without spaces around it, "" where it is missing or None."""
    return str(getattr(settings, name, None) or "").strip()


def site_url() -> str:
    """Return our own public origin, as `https://gallery.example.com`."""
    return text("PRINTORA_SITE_URL")


def api_url() -> str:
    """Return the host of Printora's API."""
    return text("PRINTORA_API_URL")


def api_key() -> str:
    """Return the key of Printora's API."""
    return text("PRINTORA_API_KEY")


def webhook_secrets() -> list[str]:
    """Return the secrets that webhooks may be signed with, the newest first."""
    return split_list(getattr(settings, "PRINTORA_WEBHOOK_SECRETS", None) or [])


def redirect_hosts() -> list[str]:
    """Return the hosts and origins that visitors may be sent to."""
    return split_list(getattr(settings, "PRINTORA_REDIRECT_HOSTS", None) or [])


def callback_urls() -> tuple[str, str]:
    """Return the absolute URLs of the pages for success and for failure."""
    names = (text("PRINTORA_SUCCESS_URL_NAME"), text("PRINTORA_FAILED_URL_NAME"))
    success, failed = (urljoin(site_url(), reverse(name)) for name in names)
    return success, failed


def is_placeholder(secret: str) -> bool:
    """Return whether this stands where a secret should be, as in documents and examples."""
    return _PLACEHOLDER.search(secret) is not None
