"""A wrong setting is named when the site starts, not when the first visitor meets it."""

import subprocess

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from tests.integration.production import PRODUCTION, start

pytestmark = pytest.mark.one_database

GOOD = PRODUCTION | {"DATABASE_URL": "sqlite://:memory:"}


def check(*options: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py check` with production's settings, but for these."""
    return start("manage.py", "check", *options, env=GOOD | changes)


# --- At the start ---------------------------------------------------------------------------------


def test_good_settings_pass_without_a_message() -> None:
    run = check("--fail-level", "WARNING")
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("PRINTORA_API_KEY", ""),
        ("PRINTORA_WEBHOOK_SECRET", ""),
        ("PRINTORA_API_KEY", "sk_live_your_key_here"),
        ("SECRET_KEY", "change-me"),
        ("SECRET_KEY", "demo-key-for-this-machine-only-never-for-a-deployment-0000"),
        ("PRINTORA_WEBHOOK_SECRET", "whsec_dreamcanvas_sandbox"),
    ],
)
def test_production_does_not_start_with_a_missing_or_placeholder_secret(
    name: str, value: str
) -> None:
    run = check(**{name: value})
    assert run.returncode != 0
    assert f"{name} is missing or a placeholder" in run.stderr


def test_demo_starts_with_nothing_set() -> None:
    run = start("manage.py", "check", "--fail-level", "WARNING", env={"DEBUG": "True"})
    assert run.returncode == 0, run.stderr


def test_setting_that_cannot_work_stops_the_start() -> None:
    run = check(PRINTORA_API_URL="api.printora.ai")
    assert run.returncode != 0
    assert run.stderr == "PRINTORA_API_URL must begin with https:// or http://.\n"


def test_warning_is_printed_and_does_not_stop_the_start() -> None:
    run = check(PRINTORA_API_KEY="sk_test_1234")
    assert run.returncode == 0
    assert "printora.W002" in run.stderr
    assert "sk_test_1234" not in run.stderr


def test_web_server_runs_the_checks_too() -> None:
    wrong = GOOD | {"PRINTORA_API_KEY": "sk_live_schlüssel"}
    run = start("-c", "import dreamcanvas.wsgi", env=wrong)
    assert run.returncode != 0
    assert "printora.E006" in run.stderr
    assert "Traceback" not in run.stderr


# --- Each check -----------------------------------------------------------------------------------


def found() -> list[str]:
    ids = [message.id or "" for message in run_checks()]
    return [check_id for check_id in ids if check_id.startswith("printora.")]


@pytest.mark.parametrize(
    ("name", "value", "check_id"),
    [
        ("PRINTORA_SITE_URL", "gallery.example.com", "printora.E001"),
        ("PRINTORA_SITE_URL", "https://", "printora.E001"),
        ("PRINTORA_SITE_URL", "ftp://gallery.example.com", "printora.E001"),
        ("PRINTORA_API_URL", "", "printora.E002"),
        ("PRINTORA_API_URL", "api.printora.ai", "printora.E002"),
        ("PRINTORA_API_URL", "https://api.printora.ai:port", "printora.E002"),
        ("PRINTORA_API_URL", "https://api.printora.ai:99999", "printora.E002"),
        ("PRINTORA_API_URL", "https://api printora.ai", "printora.E002"),
        ("PRINTORA_API_URL", "https://[::1", "printora.E002"),
        ("PRINTORA_WEBHOOK_SECRETS", [], "printora.E003"),
        ("PRINTORA_WEBHOOK_SECRETS", ["", " "], "printora.E003"),
        ("PRINTORA_WEBHOOK_SECRETS", " , ", "printora.E003"),
        ("PRINTORA_REDIRECT_HOSTS", [], "printora.E004"),
        ("PRINTORA_REDIRECT_HOSTS", ",", "printora.E004"),
    ],
)
def test_setting_that_cannot_work_is_an_error(
    good: Settings, name: str, value: object, check_id: str
) -> None:
    setattr(good, name, value)
    assert found() == [check_id]


@pytest.mark.parametrize(
    ("key", "host", "expected"),
    [
        ("1234", "https://api.printora.ai", ["printora.W001"]),
        ("sk_1234", "https://api.printora.ai", ["printora.W001"]),
        ("sk_test_1", "https://api.printora.ai", ["printora.W002"]),
        ("pk_test_1", "https://printora-be-prod.vercel.app/api/v1", ["printora.W002"]),
        ("sk_live_1", "https://api-staging.printora.ai", ["printora.W002"]),
        ("pk_live_1", "https://printora-be-staging.vercel.app", ["printora.W002"]),
        ("sk_test_1", "https://api-staging.printora.ai", []),
        ("pk_live_1", "https://api.printora.ai", []),
        ("sk_test_1", "http://localhost:8001", []),
        ("sk_live_1", "http://localhost:8001", []),
    ],
)
def test_key_that_does_not_fit_the_host_is_a_warning(
    good: Settings, key: str, host: str, expected: list[str]
) -> None:
    good.PRINTORA_API_KEY, good.PRINTORA_API_URL = key, host
    assert found() == expected


@pytest.mark.parametrize(
    ("name", "check_id"),
    [
        ("PRINTORA_SITE_URL", "printora.E001"),
        ("PRINTORA_API_URL", "printora.E002"),
        ("PRINTORA_WEBHOOK_SECRETS", "printora.E003"),
        ("PRINTORA_REDIRECT_HOSTS", "printora.E004"),
        ("PRINTORA_SUCCESS_URL_NAME", "printora.E005"),
        ("PRINTORA_FAILED_URL_NAME", "printora.E005"),
        ("PRINTORA_API_KEY", "printora.E006"),
    ],
)
def test_setting_that_is_missing_is_named(good: Settings, name: str, check_id: str) -> None:
    delattr(good, name)
    [message] = [message for message in run_checks() if (message.id or "").startswith("printora.")]
    assert message.id == check_id
    assert name in message.msg


def test_list_may_be_written_as_one_text(good: Settings) -> None:
    good.PRINTORA_WEBHOOK_SECRETS = "whsec_1,whsec_2"
    good.PRINTORA_REDIRECT_HOSTS = "printora.ai"
    assert found() == []


@pytest.mark.parametrize("key", ["sk_live_\x00", "sk_live_é", "sk_live_1\nsk_live_2", " "])
def test_key_that_no_header_can_hold_is_an_error_that_does_not_show_it(
    good: Settings, key: str
) -> None:
    good.PRINTORA_API_KEY = key
    [message] = [message for message in run_checks() if (message.id or "").startswith("printora.")]
    assert message.id == "printora.E006"
    assert "sk_live" not in message.msg


def test_key_with_a_line_break_after_it_is_good(good: Settings) -> None:
    good.PRINTORA_API_KEY = "sk_live_1234\n"
    assert found() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRINTORA_API_KEY", "sk_live_your_key_here"),
        ("PRINTORA_WEBHOOK_SECRETS", ["whsec_real", "whsec_..."]),
        ("PRINTORA_WEBHOOK_SECRETS", "whsec_"),
    ],
)
def test_placeholder_is_an_error_that_does_not_show_the_secrets_beside_it(
    good: Settings, name: str, value: object
) -> None:
    setattr(good, name, value)
    [message] = [message for message in run_checks() if (message.id or "").startswith("printora.")]
    assert message.id == "printora.E007"
    assert name in message.msg
    assert "real" not in message.msg
