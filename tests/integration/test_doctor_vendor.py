"""The doctor's checks of Printora: it answers, accepts the key, has calls left and our time."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from pytest_django import Settings

from printora_integration.doctor import Level, vendor
from tests.integration.http_vendor import HttpVendor
from tests.integration.production import levels


def test_api_that_answers_is_ok_with_its_rate_limit_and_its_clock(http_vendor: HttpVendor) -> None:
    http_vendor.headers = {
        "Date": format_datetime(datetime.now(UTC), usegmt=True),
        "X-RateLimit-Limit": "60",
        "X-RateLimit-Remaining": "57",
        "X-RateLimit-Reset": "1772150460",
    }
    api, rate, clock = vendor.check_api()
    assert {finding.level for finding in (api, rate, clock)} == {Level.OK}
    assert rate.message == "57 of 60 calls are left until 00:01:00 UTC."


def test_few_calls_left_are_a_warning(http_vendor: HttpVendor) -> None:
    http_vendor.headers = {
        "X-RateLimit-Limit": "60",
        "X-RateLimit-Remaining": "2",
        "X-RateLimit-Reset": "1772150460",
    }
    assert levels(vendor.check_api()) == ["ok", "warning"]


@pytest.mark.parametrize(
    ("minutes", "message"), [(5, "behind Printora's."), (-5, "ahead of Printora's.")]
)
def test_clock_that_is_wrong_is_a_warning(
    http_vendor: HttpVendor, minutes: int, message: str
) -> None:
    theirs = datetime.now(UTC) + timedelta(minutes=minutes)
    http_vendor.headers = {"Date": format_datetime(theirs, usegmt=True)}
    _api, clock = vendor.check_api()
    assert clock.level == Level.WARNING
    assert clock.message.endswith(message)


@pytest.mark.parametrize(
    ("status", "body", "level", "message"),
    [
        (401, b"{}", "error", "refuses PRINTORA_API_KEY"),
        (403, b"{}", "error", "answers with 403."),
        (500, b'{"error": {"code": "INTERNAL_ERROR"}}', "error", "answers with 500 INTERNAL_ERROR"),
        (200, b"<html>", "error", "not as Printora's API does"),
    ],
)
def test_each_bad_response_is_named(
    http_vendor: HttpVendor, status: int, body: bytes, level: str, message: str
) -> None:
    http_vendor.status, http_vendor.body = status, body
    [finding] = vendor.check_api()
    assert finding.level == level
    assert message in finding.message
    assert finding.hint


def test_too_many_calls_are_a_warning(http_vendor: HttpVendor) -> None:
    http_vendor.status, http_vendor.headers = 429, {"Retry-After": "60"}
    [finding] = vendor.check_api()
    assert finding.level == Level.WARNING


def test_api_is_not_called_with_settings_that_cannot_be_right(good: Settings) -> None:
    good.PRINTORA_API_KEY = "sk_live_é"
    [finding] = vendor.check_api()
    assert finding.level == Level.ERROR
    assert "was not called" in finding.message
