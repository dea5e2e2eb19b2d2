"""Checks of the settings at start-up: what is wrong, and what to do."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.core import checks
from django.core.checks import CheckMessage, register

from vendor_kit.arguments import is_absolute_url, is_header_text

from . import conf

_PRODUCTION_HOSTS = {"api.printora.ai", "printora-be-prod.vercel.app"}
_STAGING_HOSTS = {"api-staging.printora.ai", "printora-be-staging.vercel.app"}


@register()
def check_urls(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 -- Django's signature
    """Check that our address and Printora's are absolute."""
    return [
        checks.Error(
            f"{name} is not an absolute http(s) URL.",
            hint=f"Set {name} to something like {example}.",
            id=f"printora.E00{number}",
        )
        for number, name, example in (
            (1, "PRINTORA_SITE_URL", "https://gallery.example.com"),
            (2, "PRINTORA_API_URL", "https://api.printora.ai"),
        )
        if not is_absolute_url(conf.text(name))
    ]


@register()
def check_lists(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401
    """Check that there is a secret to verify with, and a host to send visitors to."""
    return [
        checks.Error(f"{name} is empty, so {effect}.", hint=hint, id=f"printora.E00{number}")
        for number, name, entries, effect, hint in (
            (
                3,
                "PRINTORA_WEBHOOK_SECRETS",
                conf.webhook_secrets(),
                "every webhook would be refused",
                "List the whole secret of Printora's partner dashboard, whsec_ included.",
            ),
            (
                4,
                "PRINTORA_REDIRECT_HOSTS",
                conf.redirect_hosts(),
                "no visitor could be sent to the editor",
                'Set it to ["printora.ai"].',
            ),
        )
        if not entries
    ]


@register()
def check_callbacks(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401
    """Check that there are pages for Printora to send visitors back to."""
    return [
        checks.Error(
            f"{name} is not set.",
            hint="Set it to the name of the URL that visitors come back to, as reverse() takes it.",
            id="printora.E005",
        )
        for name in ("PRINTORA_SUCCESS_URL_NAME", "PRINTORA_FAILED_URL_NAME")
        if not conf.text(name)
    ]


@register()
def check_key(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401
    """Check that there is an API key and that a request can carry it; never show it."""
    if is_header_text(conf.api_key()):
        return _check_key_fits_host(conf.api_key(), conf.api_url())
    return [
        checks.Error(
            "PRINTORA_API_KEY is empty, or holds a line break or another unprintable character.",
            hint="Copy the whole key from Printora's partner dashboard.",
            id="printora.E006",
        )
    ]


def _check_key_fits_host(key: str, url: str) -> list[CheckMessage]:
    """Warn when a test key meets the production host, or the reverse, or the key looks wrong."""
    prefix = re.match(r"[ps]k_(test|live)_", key)
    if prefix is None:
        return [
            checks.Warning(
                "PRINTORA_API_KEY starts with none of pk_test_, sk_test_, pk_live_ and sk_live_.",
                hint="Copy the whole key from Printora's partner dashboard.",
                id="printora.W001",
            )
        ]
    host = urlsplit(url).hostname if is_absolute_url(url) else ""
    kind = prefix[1]
    wrong_hosts = _PRODUCTION_HOSTS if kind == "test" else _STAGING_HOSTS
    if host not in wrong_hosts:
        return []
    return [
        checks.Warning(
            f"PRINTORA_API_KEY is a {kind} key, and PRINTORA_API_URL is {host}.",
            hint="Use a test key with the staging host, a live key with the production host.",
            id="printora.W002",
        )
    ]


@register()
def check_placeholders(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401
    """Check that no secret is one that everybody can read in a document; never show it."""
    return [
        checks.Error(
            f"{name} is a placeholder, or holds one.",
            hint="Copy the whole of it from Printora's partner dashboard.",
            id="printora.E007",
        )
        for name, secrets in (
            ("PRINTORA_API_KEY", [conf.api_key()]),
            ("PRINTORA_WEBHOOK_SECRETS", conf.webhook_secrets()),
        )
        if any(map(conf.is_placeholder, secrets))
    ]
