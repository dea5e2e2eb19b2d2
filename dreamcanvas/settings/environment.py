"""Read the environment and `.env` once, for every topic; `.env.example` lists all names."""

from pathlib import Path

from env_reader import Environment, SettingError, read_env_file
from printora_integration.conf import is_placeholder

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"  # the demo's database, queues, mails and uploads

read_env_file(BASE_DIR / ".env")  # the real environment wins
env = Environment(BASE_DIR)

# Fail safe: a deployment that forgets DEBUG gets production's rules, and an error for each
# secret that it lacks.
DEBUG = env.flag("DEBUG", default=False)


def secret(name: str, *, demo: str) -> str:
    """Return a setting that nobody else may know.

    Raises SettingError, when DEBUG is off, for a missing value, a placeholder, and the demo's
    secret, which everybody knows.
    """
    value = env.text(name)
    _require_secrets(name, [value], demo)
    return value or demo


def secrets(name: str, *, demo: str) -> list[str]:
    """Return a setting that holds one or more secrets, comma-separated.

    Raises SettingError as `secret` does, for each of them, and where one has a space in it.
    """
    values = env.entries(name)
    _require_secrets(name, values, demo)
    if any(" " in value or '"' in value or "'" in value for value in values):
        raise SettingError(
            f"{name} has a space or a quotation mark inside a secret: separate several by commas."
        )
    return values or [demo]


def _require_secrets(name: str, values: list[str], demo: str) -> None:
    known = [value for value in values if value == demo or is_placeholder(value)]
    if not DEBUG and (known or not any(values)):
        raise missing_setting(name)


def missing_setting(name: str) -> SettingError:
    """Return the error for a value that production must set; the demo has one of its own."""
    return SettingError(
        f"{name} is missing or a placeholder: set it in .env or in the environment "
        "(.env.example says where it comes from). To run the demo on your own machine, "
        "use `make demo`, or set DEBUG=True."
    )


PORT = env.port("PORT", 8000)
SANDBOX_PORT = env.port("SANDBOX_PORT", 8001)
if not DEBUG and not env.text("APP_URL"):
    raise missing_setting("APP_URL")
APP_URL = env.origin("APP_URL", f"http://localhost:{PORT}")
