"""The doctor judges everything that the integration needs, soon, and tells no secret."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from threading import Event, Thread
from typing import Any

import pytest
import redis
from celery import Celery
from celery.app import app_or_default
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from printora_integration import doctor
from printora_integration.doctor import Finding, Level, addresses, database, keys, vendor
from tests.helpers import ROOT
from tools import engines

KEY, SECRET, PASSWORD = "sk_live_51N8zQ2eZvKYlo2C", "whsec_7f3a9c1e5b2d", "hunter2"
PRODUCTION = {
    "DEBUG": "False",
    "SECRET_KEY": "k" * 50 + "0123456789",
    "APP_URL": "https://gallery.example.com",
    "DATABASE_URL": f"postgres://gallery:{PASSWORD}@127.0.0.1:1/gallery",
    "REDIS_URL": f"redis://:{PASSWORD}@127.0.0.1:1/0",
    "PRINTORA_API_KEY": KEY,
    "PRINTORA_WEBHOOK_SECRET": SECRET,
    "PRINTORA_API_URL": "https://api.printora.ai",
}


@pytest.fixture
def good(settings: Settings) -> Settings:
    settings.APP_URL = "https://gallery.example.com"
    settings.PRINTORA_API_URL = "https://api.printora.ai"
    settings.PRINTORA_API_KEY = KEY
    settings.PRINTORA_WEBHOOK_SECRETS = [SECRET]
    settings.PRINTORA_REDIRECT_HOSTS = ["printora.ai"]
    return settings


def levels(findings: Iterator[Finding]) -> list[str]:
    return [str(finding.level) for finding in findings]


# --- Offline --------------------------------------------------------------------------------------


def consult(*options: str, proxy: str) -> subprocess.CompletedProcess[str]:
    """Run the doctor with production's settings, behind this proxy."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PRINTORA_", "DJANGO_", "ALLOWED_")) and "proxy" not in name.lower()
    }
    return subprocess.run(
        [sys.executable, "manage.py", "printora", "doctor", *options],
        cwd=ROOT,
        env=inherited | PRODUCTION | {"HTTPS_PROXY": proxy},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.one_database
def test_production_key_gets_a_clear_verdict_offline() -> None:
    run = consult(proxy="http://127.0.0.1:1")
    assert run.returncode == 1
    for line in (
        "ok       settings        All of them are there.",
        "ok       API key         It is a live key, and the host goes with it.",
        "error    API             https://api.printora.ai could not be reached.",
        "→ Check the network, its proxy and firewall, and PRINTORA_API_URL.",
        "error    database        The database does not answer.",
        "error    broker          It does not answer.",
    ):
        assert line in run.stdout
    assert run.stderr.strip() == "CommandError: Errors to put right: 3."
    for secret in (KEY, SECRET, PASSWORD):
        assert secret not in run.stdout + run.stderr


@pytest.mark.one_database
def test_network_that_swallows_everything_does_not_hang_the_doctor() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        run = consult("--json", proxy=f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert time.monotonic() - started < doctor.DEADLINE + 15  # Python has to start
    assert run.returncode == 1
    found = {entry["subject"]: entry for entry in json.loads(run.stdout)["findings"]}
    assert found["API"]["level"] == "error"
    assert found["API"]["words"] == "https://api.printora.ai could not be reached."


def test_check_that_takes_too_long_is_a_finding() -> None:
    stop = Event()

    def check_the_sky() -> list[Finding]:
        stop.wait(30)
        return []

    def check_the_ground() -> list[Finding]:
        return [Finding(Level.OK, "the ground", "It holds.")]

    started = time.monotonic()
    slow, quick = doctor.run_checks([check_the_sky, check_the_ground], deadline=0.2)
    stop.set()
    assert time.monotonic() - started < 2
    assert (slow.level, slow.subject) == (Level.ERROR, "the sky")
    assert slow.message == "No answer came in time."
    assert quick.level == Level.OK


def test_check_that_fails_itself_hides_neither_others_nor_tells_values() -> None:
    def check_nothing() -> list[Finding]:
        raise ValueError(KEY)

    [failed] = doctor.run_checks([check_nothing])
    assert (failed.level, failed.message) == (
        Level.ERROR,
        "This could not be checked: ValueError.",
    )


@pytest.mark.django_db(transaction=True)
def test_healthy_installation_has_no_errors(shop: "Shop") -> None:
    out = StringIO()
    call_command("printora", "doctor", stdout=out)
    *findings, verdict = out.getvalue().splitlines()
    assert {line.split()[0] for line in findings} == {"ok"}
    assert verdict == "No errors; warnings: 0."


# --- Settings -------------------------------------------------------------------------------------


def test_good_settings_are_all_ok(good: Settings) -> None:
    checks = (
        keys.check_settings,
        keys.check_api_key,
        keys.check_webhook_secrets,
        addresses.check_site_url,
        addresses.check_redirect_hosts,
    )
    assert [levels(check()) for check in checks] == [["ok"]] * 5


@pytest.mark.parametrize(
    ("name", "value"),
    [("APP_URL", ""), ("PRINTORA_WEBHOOK_SECRETS", []), ("PRINTORA_SUCCESS_URL_NAME", "")],
)
def test_missing_setting_is_an_error_that_names_it(
    good: Settings, name: str, value: object
) -> None:
    setattr(good, name, value)
    [finding] = keys.check_settings()
    assert finding.level == Level.ERROR
    assert name in finding.message
    assert finding.hint


@pytest.mark.parametrize(
    ("key", "host", "expected"),
    [
        ("sk_test_1", "https://api.printora.ai", "warning"),
        ("pk_live_1", "https://api-staging.printora.ai", "warning"),
        ("key_1", "https://api.printora.ai", "warning"),
        ("", "https://api.printora.ai", "error"),
        ("sk_live_your_key", "https://api.printora.ai", "error"),
        ("sk_live_xxxxxxxx", "https://api.printora.ai", "error"),
        ("sk_test_1", "https://api-staging.printora.ai", "ok"),
    ],
)
def test_key_is_judged_with_its_host(good: Settings, key: str, host: str, expected: str) -> None:
    good.PRINTORA_API_KEY, good.PRINTORA_API_URL = key, host
    [finding] = keys.check_api_key()
    assert finding.level == expected
    assert not key or key not in finding.message + finding.hint


@pytest.mark.parametrize(
    ("secrets", "expected"),
    [
        (["whsec_..."], ["error"]),
        (["whsec_", SECRET], ["error"]),
        (["7f3a9c1e5b2d"], ["warning"]),
        ([SECRET], ["ok"]),
    ],
)
def test_webhook_secret_is_judged_by_its_form(
    good: Settings, secrets: list[str], expected: list[str]
) -> None:
    good.PRINTORA_WEBHOOK_SECRETS = secrets
    assert levels(keys.check_webhook_secrets()) == expected


def test_two_webhook_secrets_are_a_rotation(good: Settings) -> None:
    good.PRINTORA_WEBHOOK_SECRETS = ["whsec_new1", "whsec_old1"]
    [finding] = keys.check_webhook_secrets()
    assert (finding.level, finding.message) == (Level.OK, "There are 2: you are rotating.")


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("https://gallery.example.com", "https://api.printora.ai", "ok"),
        ("http://gallery.example.com", "https://api.printora.ai", "warning"),
        ("http://localhost:8000", "https://api.printora.ai", "error"),
        ("https://gallery.local", "https://api.printora.ai", "error"),
        ("https://gallery", "https://api.printora.ai", "error"),
        ("https://192.168.1.20", "https://api.printora.ai", "error"),
        ("https://[::1]:8000", "https://api.printora.ai", "error"),
        ("https://1.1.1.1", "https://api.printora.ai", "ok"),
        ("http://localhost:8000", "http://localhost:8001", "ok"),
    ],
)
def test_app_url_must_be_public_where_printora_is(
    good: Settings, ours: str, theirs: str, expected: str
) -> None:
    good.APP_URL, good.PRINTORA_API_URL = ours, theirs
    assert levels(addresses.check_site_url()) == [expected]


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        (["printora.ai", "http://localhost:8001"], ["ok"]),
        (["https://printora.ai/"], ["ok"]),
        (["*.printora.ai", "printora.ai"], ["error"]),
        (["https://printora.ai/en"], ["error"]),
        (["printora.ai", "http://editor.example.com"], ["warning"]),
        (["localhost:8001"], ["error", "error"]),
        (["example.com"], ["error"]),
    ],
)
def test_redirect_hosts_are_judged_by_their_form_and_by_whom_they_let_through(
    good: Settings, hosts: list[str], expected: list[str]
) -> None:
    good.PRINTORA_REDIRECT_HOSTS = hosts
    assert levels(addresses.check_redirect_hosts()) == expected


# --- Printora -------------------------------------------------------------------------------------

ORDERS = b'{"success": true, "data": {"orders": [], "pagination": {"hasMore": false}}}'


class Shop(HTTPServer):
    """Answer every GET alike."""

    status, body = 200, ORDERS
    headers: dict[str, str]


class _Answer(BaseHTTPRequestHandler):
    server: Shop

    def do_GET(self) -> None:
        self.send_response_only(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def shop(settings: Settings) -> Iterator[Shop]:
    with Shop(("127.0.0.1", 0), _Answer) as server:
        server.headers = {}
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        settings.PRINTORA_API_URL = f"http://127.0.0.1:{server.server_port}"
        yield server
        server.shutdown()
        thread.join()


def test_api_that_answers_is_ok_with_its_rate_limit_and_its_clock(shop: Shop) -> None:
    shop.headers = {
        "Date": format_datetime(datetime.now(UTC), usegmt=True),
        "X-RateLimit-Limit": "60",
        "X-RateLimit-Remaining": "57",
        "X-RateLimit-Reset": "1772150460",
    }
    api, rate, clock = vendor.check_api()
    assert {finding.level for finding in (api, rate, clock)} == {Level.OK}
    assert rate.message == "57 of 60 calls are left until 00:01:00 UTC."


def test_few_calls_left_are_a_warning(shop: Shop) -> None:
    shop.headers = {
        "X-RateLimit-Limit": "60",
        "X-RateLimit-Remaining": "2",
        "X-RateLimit-Reset": "1772150460",
    }
    assert levels(vendor.check_api()) == ["ok", "warning"]


@pytest.mark.parametrize(
    ("minutes", "words"), [(5, "behind Printora's."), (-5, "ahead of Printora's.")]
)
def test_clock_that_is_wrong_is_a_warning(shop: Shop, minutes: int, words: str) -> None:
    theirs = datetime.now(UTC) + timedelta(minutes=minutes)
    shop.headers = {"Date": format_datetime(theirs, usegmt=True)}
    _api, clock = vendor.check_api()
    assert clock.level == Level.WARNING
    assert clock.message.endswith(words)


@pytest.mark.parametrize(
    ("status", "body", "level", "words"),
    [
        (401, b"{}", "error", "refuses PRINTORA_API_KEY"),
        (403, b"{}", "error", "answers with 403."),
        (500, b'{"error": {"code": "INTERNAL_ERROR"}}', "error", "answers with 500 INTERNAL_ERROR"),
        (200, b"<html>", "error", "not as Printora's API does"),
    ],
)
def test_answer_that_is_no_good_is_told_apart(
    shop: Shop, status: int, body: bytes, level: str, words: str
) -> None:
    shop.status, shop.body = status, body
    [finding] = vendor.check_api()
    assert finding.level == level
    assert words in finding.message
    assert finding.hint


def test_too_many_calls_are_a_warning(shop: Shop) -> None:
    shop.status, shop.headers = 429, {"Retry-After": "60"}
    [finding] = vendor.check_api()
    assert finding.level == Level.WARNING


def test_api_is_not_called_with_settings_that_cannot_be_right(good: Settings) -> None:
    good.PRINTORA_API_KEY = "sk_live_é"
    [finding] = vendor.check_api()
    assert finding.level == Level.ERROR
    assert "was not called" in finding.message


# --- What we run ourselves ------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_database_with_every_migration_is_ok() -> None:
    [finding] = doctor.run_checks([database.check_database])
    assert finding.level == Level.OK
    assert finding.message.startswith(connection.display_name)


@pytest.mark.django_db(transaction=True)
def test_database_that_lacks_a_migration_is_an_error() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("sessions", "0001_initial")
    try:
        [finding] = doctor.run_checks([database.check_database])
    finally:
        recorder.record_applied("sessions", "0001_initial")
    assert finding.level == Level.ERROR
    assert finding.hint == "Run `manage.py migrate`."


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    """Run a Redis of our own: its settings are changed here."""
    with engines.redis() as url:
        yield url


@pytest.fixture
def queue(redis_url: str) -> Iterator[Callable[..., None]]:
    """Let Celery's current app use that Redis, set as a test wants it."""
    usual = app_or_default()
    app = Celery("doctor", broker=redis_url, set_as_current=False)
    app.set_current()
    server = redis.Redis.from_url(redis_url)

    def configure(**changes: str) -> None:
        for name, value in changes.items():
            server.config_set(name.replace("_", "-"), value)

    yield configure
    configure(appendonly="no")  # while it writes its first file, Redis does not end when told to
    server.close()
    app.close()
    usual.set_current()


def test_redis_that_keeps_the_queue_is_ok(queue: Callable[..., None]) -> None:
    queue(maxmemory_policy="noeviction", appendonly="yes")
    assert levels(database.check_broker()) == ["ok", "ok"]


def test_redis_that_forgets_at_a_restart_is_a_warning(queue: Callable[..., None]) -> None:
    queue(maxmemory_policy="noeviction", appendonly="no")
    assert levels(database.check_broker()) == ["ok", "warning"]


def test_redis_that_drops_work_when_it_is_full_is_an_error(queue: Callable[..., None]) -> None:
    queue(maxmemory_policy="allkeys-lru", appendonly="yes")
    _broker, finding = database.check_broker()
    assert finding.level == Level.ERROR
    assert finding.hint == "Set maxmemory-policy noeviction in redis.conf."


def test_redis_that_does_not_tell_its_settings_is_a_warning(
    queue: Callable[..., None], redis_url: str
) -> None:
    server: Any = redis.Redis.from_url(redis_url)
    server.execute_command("ACL", "SETUSER", "default", "-config")
    try:
        assert levels(database.check_broker()) == ["ok", "warning"]
    finally:
        server.execute_command("ACL", "SETUSER", "default", "+config")
        server.close()


def test_broker_of_files_is_ok() -> None:
    [finding] = database.check_broker()
    assert (finding.level, finding.message) == (Level.OK, "It answers (filesystem).")
