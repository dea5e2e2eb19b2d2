"""Say at start-up which settings are wrong, and what to do."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, register

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
            (1, "APP_URL", "https://gallery.example.com"),
            (2, "PRINTORA_API_URL", "https://api.printora.ai"),
        )
        if not re.match(r"https?://[^/]", getattr(settings, name, ""))
    ]


@register()
def check_webhook_secret(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401
    """Check that there is a secret: without one every webhook is refused."""
    if settings.PRINTORA_WEBHOOK_SECRETS:
        return []
    return [
        checks.Error(
            "PRINTORA_WEBHOOK_SECRET is empty, so every webhook would be refused.",
            hint="Set it to the whole secret of Printora's partner dashboard, whsec_ included.",
            id="printora.E003",
        )
    ]


@register()
def check_redirect_hosts(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401
    """Check that there is a host to send visitors to."""
    if settings.PRINTORA_REDIRECT_HOSTS:
        return []
    return [
        checks.Error(
            "PRINTORA_REDIRECT_HOSTS is empty, so no visitor could be sent to the editor.",
            hint="Set it to printora.ai, or leave it out.",
            id="printora.E004",
        )
    ]


@register()
def check_key_fits_host(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401
    """Warn when a test key meets the production host, or the reverse, or the key looks wrong."""
    prefix = re.match(r"[ps]k_(test|live)_", settings.PRINTORA_API_KEY)
    if prefix is None:
        return [
            checks.Warning(
                "PRINTORA_API_KEY starts with none of pk_test_, sk_test_, pk_live_ and sk_live_.",
                hint="Copy the whole key from Printora's partner dashboard.",
                id="printora.W001",
            )
        ]
    host = urlsplit(settings.PRINTORA_API_URL).hostname or ""
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
