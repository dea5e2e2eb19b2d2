"""What an https site has by default, and what the demo has."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.integration.test_settings import read

pytestmark = pytest.mark.one_database

HTTP = {"APP_URL": "http://gallery.example.com"}


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({}, True),
        ({"STAFF_SECOND_FACTOR": ""}, True),
        ({"STAFF_SECOND_FACTOR": "False"}, False),
        (HTTP, False),
        (HTTP | {"STAFF_SECOND_FACTOR": ""}, False),
        (HTTP | {"STAFF_SECOND_FACTOR": "True"}, True),
    ],
)
def test_second_factor_is_on_where_the_site_is_https(env: dict[str, str], expected: bool) -> None:
    assert read(**env)["STAFF_SECOND_FACTOR"] is expected


def test_idle_time_is_an_hour_unless_it_is_set() -> None:
    assert read()["STAFF_IDLE_MINUTES"] == 60
    assert read(STAFF_IDLE_MINUTES="")["STAFF_IDLE_MINUTES"] == 60
    assert read(STAFF_IDLE_MINUTES="15")["STAFF_IDLE_MINUTES"] == 15


@pytest.mark.parametrize("minutes", ["0", "-5"])
def test_idle_time_that_makes_no_sense_is_refused(minutes: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="STAFF_IDLE_MINUTES"):
        read(STAFF_IDLE_MINUTES=minutes)


def test_cookies_of_an_https_site_belong_to_this_host_only() -> None:
    settings = read()
    assert settings["SESSION_COOKIE_NAME"] == "__Host-dreamcanvas_session"
    assert settings["CSRF_COOKIE_NAME"] == "__Host-dreamcanvas_csrf"
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_HTTPONLY"]


def test_cookies_of_the_demo_work_without_https() -> None:
    settings = read(**HTTP)
    assert settings["SESSION_COOKIE_NAME"] == "dreamcanvas_session"
    assert not settings["SESSION_COOKIE_SECURE"]
