"""The doctor's checks of the settings: each names what is wrong, and shows no secret."""

import pytest
from pytest_django import Settings

from printora_integration.doctor import Level, addresses, keys
from tests.integration.production import SECRET, levels


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
    [
        ("PRINTORA_SITE_URL", ""),
        ("PRINTORA_WEBHOOK_SECRETS", []),
        ("PRINTORA_SUCCESS_URL_NAME", ""),
    ],
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
def test_site_url_must_be_public_where_printora_is(
    good: Settings, ours: str, theirs: str, expected: str
) -> None:
    good.PRINTORA_SITE_URL, good.PRINTORA_API_URL = ours, theirs
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
def test_redirect_hosts_are_judged_by_their_form_and_by_what_they_allow(
    good: Settings, hosts: list[str], expected: list[str]
) -> None:
    good.PRINTORA_REDIRECT_HOSTS = hosts
    assert levels(addresses.check_redirect_hosts()) == expected
