"""The checks of settings, API key and webhook secrets; none of them is ever printed."""

from collections.abc import Iterable, Iterator

from django.core.checks import ERROR, CheckMessage

from printora_integration import checks, conf

from .findings import Finding, Level

_DASHBOARD = "Copy the whole of it from Printora's partner dashboard."


def check_settings() -> Iterator[Finding]:
    """Check that every setting is there, as `manage.py check` does."""
    messages = [*checks.check_urls(), *checks.check_lists(), *checks.check_callbacks()]
    yield from _findings("settings", messages)
    if not messages:
        yield Finding(Level.OK, "settings", "All of them are there.")


def check_api_key() -> Iterator[Finding]:
    """Check that the key is one, and that it belongs to the host."""
    key = conf.api_key()
    messages = checks.check_key()
    yield from _findings("API key", messages)
    if conf.is_placeholder(key):
        yield Finding(Level.ERROR, "API key", "PRINTORA_API_KEY is a placeholder.", _DASHBOARD)
    elif not messages:
        kind = "live" if "_live_" in key[:8] else "test"
        yield Finding(Level.OK, "API key", f"It is a {kind} key, and the host goes with it.")


def check_webhook_secrets() -> Iterator[Finding]:
    """Check what webhooks are verified with; that there is any, `check_settings` says."""
    secrets = conf.webhook_secrets()
    wrong = list(_wrong_secrets(secrets))
    yield from wrong
    if wrong or not secrets:
        return
    message = (
        "There is one." if len(secrets) == 1 else f"There are {len(secrets)}: you are rotating."
    )
    hint = "" if len(secrets) == 1 else "Drop the older one once Printora signs with the newest."
    yield Finding(Level.OK, "webhook secret", message, hint)


def _wrong_secrets(secrets: Iterable[str]) -> Iterator[Finding]:
    for position, secret in enumerate(secrets, start=1):
        name = f"PRINTORA_WEBHOOK_SECRETS' entry {position}"
        if conf.is_placeholder(secret):
            yield Finding(Level.ERROR, "webhook secret", f"{name} is a placeholder.", _DASHBOARD)
        elif not secret.startswith("whsec_"):
            message = f"{name} does not start with whsec_."
            yield Finding(Level.WARNING, "webhook secret", message, _DASHBOARD)


def _findings(subject: str, messages: Iterable[CheckMessage]) -> Iterator[Finding]:
    for message in messages:
        level = Level.ERROR if message.level >= ERROR else Level.WARNING
        yield Finding(level, subject, message.msg, message.hint or "")
