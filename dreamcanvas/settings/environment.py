"""Read the environment and `.env` once, for every topic; `.env.example` lists all names."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from printora_integration.conf import is_placeholder
from vendor_kit.arguments import split_list

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"  # the demo's database, queues, mails and uploads

env = environ.Env()
env.read_env(BASE_DIR / ".env")  # the real environment wins

# Fail safe: a deployment that forgets DEBUG gets production's rules, and an error for each
# secret that it lacks.
DEBUG = env.bool("DEBUG", default=False)


def required(name: str, *, demo: str) -> str:
    """Return a setting that production must set, and that the demo has a value for.

    Raises ImproperlyConfigured, naming the setting, when DEBUG is off and the value is missing.
    """
    value: str = env.str(name, default="").strip()
    if not value and not DEBUG:
        raise _missing_setting(name)
    return value or demo


def secret(name: str, *, demo: str) -> str:
    """Return a required setting that nobody else may know; it may hold several, comma-separated.

    Raises ImproperlyConfigured also when DEBUG is off and one of them is a placeholder or the
    demo's secret, which everybody knows.
    """
    value = required(name, demo=demo)
    parts = split_list(value)
    known = [part for part in parts if part == demo or is_placeholder(part)]
    if not DEBUG and (known or not parts):
        raise _missing_setting(name)
    return value


def _missing_setting(name: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{name} is missing or a placeholder: set it in .env or in the environment "
        "(.env.example says where it comes from). To run the demo on your own machine, "
        "use `make demo`, or set DEBUG=True."
    )


PORT = env.int("PORT", default=8000)
SANDBOX_PORT = env.int("SANDBOX_PORT", default=8001)
APP_URL = required("APP_URL", demo=f"http://localhost:{PORT}").rstrip("/")
