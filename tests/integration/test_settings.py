"""Settings may be written in many ways, except where a guess would be dangerous."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.helpers import ROOT
from tests.settings_reader import read_settings, source_of

pytestmark = pytest.mark.one_database

SETTINGS = source_of("dreamcanvas")
PRODUCTION = {
    "DEBUG": "False",
    "SECRET_KEY": "k" * 50 + "0123456789",
    "APP_URL": "https://gallery.example.com",
    "DATABASE_URL": "postgres://u:p@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "PRINTORA_API_KEY": "sk_live_1234",
    "PRINTORA_WEBHOOK_SECRET": "whsec_1234",
    "PRINTORA_REDIRECT_HOSTS": "printora.ai",
}


def read(path: Path = SETTINGS, /, **changes: str) -> dict[str, Any]:
    """Read the settings anew, in production's environment but for these changes."""
    return read_settings(path, PRODUCTION | changes)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "change-me"),
        ("SECRET_KEY", "..."),
        ("APP_URL", ""),
        ("APP_URL", "  "),
        ("PRINTORA_API_KEY", "sk_live_"),
        ("PRINTORA_API_KEY", "pk_test_"),
        ("PRINTORA_API_KEY", "sk_live_xxxxxxxxxxxxxxxx"),
        ("PRINTORA_API_KEY", "sk_live_XXXX"),
        ("PRINTORA_API_KEY", "sk_live_your_key_here"),
        ("PRINTORA_API_KEY", "sk_test_dreamcanvas_sandbox"),
        ("PRINTORA_WEBHOOK_SECRET", ","),
        ("PRINTORA_WEBHOOK_SECRET", "whsec_"),
        ("PRINTORA_WEBHOOK_SECRET", "whsec_..."),
        ("PRINTORA_WEBHOOK_SECRET", "whsec_…"),
        ("PRINTORA_WEBHOOK_SECRET", "whsec_real,whsec_dreamcanvas_sandbox"),
        ("PRINTORA_WEBHOOK_SECRET", "whsec_dreamcanvas_sandbox , whsec_real"),
        ("PRINTORA_WEBHOOK_SECRET", "whsec_real,whsec_"),
    ],
)
def test_production_refuses_a_placeholder_or_a_known_secret(name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^{name} is missing or a placeholder"):
        read(**{name: value})


def test_refusal_does_not_show_the_secret() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(PRINTORA_WEBHOOK_SECRET="whsec_real,whsec_")
    assert "whsec_real" not in str(refusal.value)


def test_secrets_while_rotating_are_read_newest_first() -> None:
    settings = read(PRINTORA_WEBHOOK_SECRET=" whsec_new , whsec_old, ")
    assert settings["PRINTORA_WEBHOOK_SECRETS"] == ["whsec_new", "whsec_old"]


def test_demo_has_a_value_for_everything() -> None:
    required = {"APP_URL", "SECRET_KEY", "PRINTORA_API_KEY", "PRINTORA_WEBHOOK_SECRET"}
    settings = read(DEBUG="True", **dict.fromkeys(required, ""))
    assert settings["APP_URL"] == "http://localhost:8000"
    assert settings["PRINTORA_WEBHOOK_SECRETS"] == ["whsec_dreamcanvas_sandbox"]


def test_app_url_may_be_this_machine_even_in_production() -> None:
    assert read(APP_URL="http://localhost:8000/")["APP_URL"] == "http://localhost:8000"


def test_database_url_that_is_empty_means_the_default() -> None:
    database = read(DATABASE_URL="")["DATABASES"]["default"]
    assert Path(database["NAME"]) == ROOT / "var" / "dreamcanvas.sqlite3"


def test_redirect_hosts_may_be_written_as_people_do() -> None:
    settings = read(PRINTORA_REDIRECT_HOSTS=" Printora.AI/ , HTTP://localhost:8001/ ,")
    assert settings["PRINTORA_REDIRECT_HOSTS"] == ["printora.ai", "http://localhost:8001"]
    assert settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"][1:] == [
        "https://printora.ai",
        "https://*.printora.ai",
        "http://localhost:8001",
    ]


def test_read_only_disk_is_enough_where_nothing_is_stored_on_it(tmp_path: Path) -> None:
    copy = tmp_path / "dreamcanvas" / "settings"
    shutil.copytree(SETTINGS, copy)
    (tmp_path / "var").touch()  # a file in the way: the folder cannot be made
    assert read(copy)["DEBUG"] is False
