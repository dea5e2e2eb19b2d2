"""`manage.py check --deploy` has nothing to say about the deployments that we describe and ship."""

import re
import secrets
from pathlib import Path

import pytest

from tests.integration.production import PRODUCTION, start
from tests.test_env_example import example

pytestmark = pytest.mark.one_database

SECRETS = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "PRINTORA_API_KEY": "sk_live_51N8zQ2eZvKYlo2C",
    "PRINTORA_WEBHOOK_SECRET": "whsec_7f3a9c1e5b2d",
}
HTTPS = PRODUCTION | SECRETS
EXAMPLE = example() | SECRETS | {"DEBUG": "False", "APP_URL": "https://gallery.example.com"}
# What tools/stack.py sets.
STACK = HTTPS | {"APP_URL": "http://localhost:8000", "ALLOWED_HOSTS": "localhost,127.0.0.1"}
# Static files are not collected here.
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.processes.settings"}


def check(shape: dict[str, str], folder: Path) -> str:
    """Return what the check of a deployment finds, or "" when it finds nothing."""
    env = shape | SETTINGS | {"SITE_FOLDER": str(folder)}
    return start("manage.py", "check", "--deploy", "--fail-level", "WARNING", env=env).stderr


@pytest.mark.parametrize(
    "shape", [HTTPS, EXAMPLE, STACK], ids=["https", "filled-in-example", "stack"]
)
def test_deployment_that_we_describe_is_clean(shape: dict[str, str], tmp_path: Path) -> None:
    assert check(shape, tmp_path) == ""


def test_public_site_without_https_is_warned_of(tmp_path: Path) -> None:
    found = check(HTTPS | {"APP_URL": "http://gallery.example.com"}, tmp_path)
    assert set(re.findall(r"security\.W\d+", found)) == {
        f"security.W0{number}" for number in ("04", "08", "12", "16")
    }
