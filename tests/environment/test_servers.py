"""What the site and the sandbox make of each variable, and how their processes refuse one."""

from pathlib import Path
from typing import Any

import pytest

from env_reader import SettingError
from tests.integration.production import PRODUCTION, start
from tests.integration.test_settings import read
from tests.settings_reader import read_settings, source_of
from tests.test_env_example import SERVERS, demo_settings, example, read_names

pytestmark = pytest.mark.one_database

# A value that cannot be meant; of a variable that is not here, any with a line break inside.
WRONG = {
    "DEBUG": "nonsense",
    "SECRET_KEY": "${SECRET_KEY}",
    "ALLOWED_HOSTS": '["gallery.example.com"]',
    "APP_URL": "https://gallery.example.com/shop",
    "PORT": "http",
    "LOG_LEVEL": "verbose",
    "DATABASE_URL": "mysql://user:hunter2@host/name",
    "REDIS_URL": "http://:hunter2@host",
    "EMAIL_URL": "smtp://user:hun#ter2@host",
    "DEFAULT_FROM_EMAIL": "DreamCanvas",
    "RETENTION_DAYS": "a year",
    "PRINTORA_API_URL": "api.printora.ai",
    "PRINTORA_API_KEY": "sk_live_\nhunter2",
    "PRINTORA_WEBHOOK_SECRET": "whsec_new hunter2",
    "PRINTORA_REDIRECT_HOSTS": "*.printora.ai",
    "HOST": "one\ntwo",
    "WEB_WORKERS": "0",
    "WEB_THREADS": "many",
    "WORKER_CONCURRENCY": "-1",
    "STAFF_SECOND_FACTOR": "maybe",
    "STAFF_IDLE_MINUTES": "0",
    "SANDBOX_PORT": "70000",
    "SANDBOX_URL": "localhost:8001",
    "SANDBOX_WEBHOOK_URL": "/webhooks/",
    "SANDBOX_DATABASE_URL": "sqlite://var/sandbox.sqlite3",
    "SANDBOX_TIME_SCALE": "0",
    "SANDBOX_RATE_LIMIT": "-1",
    "SANDBOX_LINK_LIFETIME": "15 minutes",
    "SANDBOX_SESSION_LIFETIME": "1e3",
    "SANDBOX_EDIT_LINK_LIFETIME": "soon",
    "SANDBOX_RIVAL_WEBHOOK_URL": "rival.example.com",
}


@pytest.mark.parametrize("server", SERVERS)
def test_empty_variable_means_its_default(server: str, tmp_path: Path) -> None:
    defaults = demo_settings(server, tmp_path, {})
    names = example().keys() - {"DEBUG"}
    for value in ("", " \r", '""'):
        assert demo_settings(server, tmp_path, dict.fromkeys(names, value)) == defaults


def test_empty_debug_means_production() -> None:
    assert read(DEBUG="")["DEBUG"] is False
    assert read(DEBUG=" off\r")["DEBUG"] is False


@pytest.mark.parametrize("name", sorted(read_names()))
def test_value_that_cannot_be_meant_is_refused_by_a_sentence_that_names_it(name: str) -> None:
    server = "printora_sandbox" if name.startswith("SANDBOX") else "dreamcanvas"
    with pytest.raises(SettingError, match=rf"\b{name}\b") as refusal:
        read_settings(source_of(server), PRODUCTION | {name: WRONG.get(name, "one\ntwo")})
    assert "hunter2" not in str(refusal.value)


def test_capitals_in_the_public_address_keep_https() -> None:
    assert_https(read(APP_URL=" HTTPS://Gallery.Example.com/ "), "gallery.example.com")


def test_international_host_is_answered_to_under_the_name_that_browsers_send() -> None:
    assert_https(read(APP_URL="https://bücher.example"), "xn--bcher-kva.example")


def assert_https(settings: dict[str, Any], host: str) -> None:
    assert settings["APP_URL"] == f"https://{host}"
    assert settings["CSRF_TRUSTED_ORIGINS"] == [f"https://{host}"]
    assert settings["ALLOWED_HOSTS"] == [host]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_HSTS_SECONDS"]


def test_host_of_ipv6_is_answered_to_and_mails_have_a_valid_sender() -> None:
    settings = read(APP_URL="http://[::1]:8000")
    assert settings["ALLOWED_HOSTS"] == ["[::1]"]
    assert settings["DEFAULT_FROM_EMAIL"] == "DreamCanvas <orders@localhost>"


def test_secret_that_begins_with_a_dollar_sign_is_itself() -> None:
    assert read(SECRET_KEY="$" + "k" * 50)["SECRET_KEY"] == "$" + "k" * 50
    assert read(DEBUG="True", PRINTORA_API_KEY="$ecret")["PRINTORA_API_KEY"] == "$ecret"


def test_secrets_with_the_quotation_marks_of_an_env_file_are_read_without_them() -> None:
    secrets = read(PRINTORA_WEBHOOK_SECRET="\"whsec_new\" , 'whsec_old',")[
        "PRINTORA_WEBHOOK_SECRETS"
    ]
    assert secrets == ["whsec_new", "whsec_old"]


@pytest.mark.parametrize(
    "command",
    [
        "manage.py check",
        "-c import&dreamcanvas.wsgi",
        "-m celery -A dreamcanvas worker",
        "-m tools.prepare dreamcanvas.settings",
        "-m tools.demo",
        "-m printora_sandbox check",
        "-m tools.prepare printora_sandbox.settings",
    ],
)
def test_process_that_refuses_a_value_prints_the_sentence_alone(command: str) -> None:
    arguments = [part.replace("&", " ") for part in command.split()]
    run = start(*arguments, env=PRODUCTION | {"SANDBOX_PORT": "70000"})
    assert run.returncode != 0
    message = "SANDBOX_PORT must be a whole number from 1 to 65535.\n"
    assert (run.stdout, run.stderr) == ("", message)


def test_file_that_cannot_be_read_ends_a_process_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DEBUG: True\n")
    code = (
        "from pathlib import Path\n"
        "from env_reader import explain_refusals, read_env_file\n"
        f"with explain_refusals(): read_env_file(Path({str(tmp_path / '.env')!r}))"
    )
    run = start("-c", code, env={})
    assert (run.returncode, run.stderr) == (
        1,
        "Line 1 of .env is neither NAME=value nor a comment.\n",
    )
