"""The doctor's checks of our own site: what shows only when somebody calls it, or sends a mail."""

from pathlib import Path

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from printora_integration.doctor import Level, site
from tests.integration.http_vendor import HttpVendor
from tests.integration.production import levels

pytestmark = pytest.mark.one_database

MANIFEST = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


@pytest.mark.parametrize(
    ("allowed", "url", "expected"),
    [
        (["gallery.example.com"], "https://gallery.example.com", "ok"),
        ([".example.com"], "https://gallery.example.com", "ok"),
        (["[::1]"], "http://[::1]:8000", "ok"),
        (["www.example.com"], "https://gallery.example.com", "error"),
        ([], "https://gallery.example.com", "error"),
        (["*"], "https://gallery.example.com", "warning"),
    ],
)
def test_host_of_our_address_must_be_allowed(
    good: Settings, allowed: list[str], url: str, expected: str
) -> None:
    good.ALLOWED_HOSTS, good.PRINTORA_SITE_URL = allowed, url
    assert levels(site.check_allowed_hosts()) == [expected]


@pytest.mark.parametrize(
    ("url", "secure", "expected"),
    [
        ("https://gallery.example.com", True, "ok"),
        ("https://gallery.example.com", False, "warning"),
        ("http://gallery.example.com", False, "ok"),
        ("http://gallery.example.com", True, "error"),
    ],
)
def test_cookies_must_fit_the_scheme(good: Settings, url: str, secure: bool, expected: str) -> None:
    good.PRINTORA_SITE_URL = url
    good.SESSION_COOKIE_SECURE = good.CSRF_COOKIE_SECURE = secure
    assert levels(site.check_cookies()) == [expected]


def test_static_files_that_are_not_collected_are_a_warning(good: Settings, tmp_path: Path) -> None:
    assert levels(site.check_static_files()) == ["ok"]
    good.STATIC_ROOT = tmp_path
    good.STORAGES = good.STORAGES | {"staticfiles": {"BACKEND": MANIFEST}}
    [finding] = site.check_static_files()
    assert (finding.level, "collectstatic" in finding.hint) == (Level.WARNING, True)


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ("DreamCanvas <orders@gallery.example.com>", "ok"),
        ("webmaster@localhost", "warning"),
        ("", "warning"),
    ],
)
def test_sender_must_be_public_where_a_mail_server_sends(
    good: Settings, sender: str, expected: str
) -> None:
    good.DEFAULT_FROM_EMAIL = sender
    good.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert levels(site.check_sender()) == [expected]


@pytest.mark.parametrize(
    ("status", "location", "message"),
    [
        (400, "", "does not know its host"),
        (301, "https://elsewhere.example/", "Printora follows none"),
        (502, "", "with 502"),
        (404, "", "as another site would"),
        (200, "", "as another site would"),
    ],
)
def test_answer_of_another_program_is_an_error(
    good: Settings, http_vendor: HttpVendor, status: int, location: str, message: str
) -> None:
    good.PRINTORA_SITE_URL = http_vendor.url
    http_vendor.status = status
    http_vendor.headers = {"Location": location} if location else {}
    [finding] = site.check_site()
    assert (finding.level, message in finding.message) == (Level.ERROR, True)


def test_site_that_does_not_run_yet_is_no_error(good: Settings) -> None:
    good.PRINTORA_SITE_URL = "http://127.0.0.1:1"
    [finding] = site.check_site()
    assert (finding.level, "start it" in finding.message) == (Level.OK, True)


@pytest.mark.django_db(transaction=True)
def test_our_own_site_is_recognised(good: Settings, live_server: LiveServer) -> None:
    good.PRINTORA_SITE_URL = live_server.url
    [finding] = site.check_site()
    assert (finding.level, finding.message) == (
        Level.OK,
        f"{live_server.url} answers as our own site does.",
    )
