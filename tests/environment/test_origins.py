"""Addresses are brought into the one form that browsers send, or refused."""

import pytest

from env_reader import SettingError

from .reading import environment

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://shop.example.com", "https://shop.example.com"),
        ("HTTPS://Shop.Example.COM///", "https://shop.example.com"),
        ("https://shop.example.com.", "https://shop.example.com"),
        ("https://shop.example.com:443", "https://shop.example.com"),
        ("http://shop.example.com:80/", "http://shop.example.com"),
        ("https://shop.example.com:", "https://shop.example.com"),
        ("http://localhost:08000", "http://localhost:8000"),
        ("https://Bücher.example", "https://xn--bcher-kva.example"),
        ("https://straße.example", "https://xn--strae-oqa.example"),
        ("https://例え。テスト", "https://xn--r8jz45g.xn--zckzah"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://[2001:DB8:0::1]", "http://[2001:db8::1]"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_origin_is_read_as_meant(written: str, origin: str) -> None:
    assert environment(APP_URL=written).origin("APP_URL", "") == origin


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("shop.example.com", "must begin with https:// or http://"),
        ("localhost:8000", "must begin with https:// or http://"),
        ("ftp://shop.example.com", "must begin with https:// or http://"),
        ("https:/shop.example.com", "must begin with https:// or http://"),
        ("//shop.example.com", "must begin with https:// or http://"),
        ("https://shop.example.com/shop", "it has a path"),
        ("https://shop.example.com\\shop", "it has a path"),
        ("https://shop.example.com/?a=1", "it has a query or a fragment"),
        ("https://shop.example.com?a=1", "it has a query or a fragment"),
        ("https://shop.example.com/#top", "it has a query or a fragment"),
        ("https://user:hunter2@shop.example.com", "neither a user name nor a password"),
        ("https://shop.example.com:0", "a port from 1 to 65535, or none"),
        ("https://shop.example.com:70000", "a port from 1 to 65535, or none"),
        ("https://shop.example.com:http", "at most a port number"),
        ("https://::1", "at most a port number"),
        ("https://[::g]", "a valid IPv6 address"),
        ("https://[fe80::1%25eth0]", "a valid IPv6 address"),
        ("https://", "a valid host name"),
        ("https://my_shop.example.com", "a valid host name"),
        ("https://*.example.com", "a valid host name"),
        ("https://shop..example.com", "a valid host name"),
        ("https://-shop.example.com", "a valid host name"),
        ("https://shop example.com", "a valid host name"),
        ("https://xn--.☃☃.--example", "a valid host name"),
    ],
)
def test_origin_that_cannot_work_is_refused(written: str, reason: str) -> None:
    with pytest.raises(SettingError, match=r"^APP_URL must [^.]+(\.|:)") as refusal:
        environment(APP_URL=written).origin("APP_URL", "")
    assert reason in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


def test_url_keeps_its_path_and_query() -> None:
    url = environment(NAME="HTTP://Localhost:9000/Hooks/?Key=A").url("NAME", "")
    assert url == "http://localhost:9000/Hooks/?Key=A"


def test_allowed_hosts_are_read_as_meant() -> None:
    written = (
        "Shop.Example.com, .Example.org *.example.net,https://a.example/ b:8000 ::1,[::1]:80,*"
    )
    assert environment(HOSTS=written).allowed_hosts("HOSTS", []) == [
        *("shop.example.com", ".example.org", ".example.net", "a.example", "b"),
        *("[::1]", "[::1]", "*"),
    ]
    assert environment(HOSTS="bücher.example.").allowed_hosts("HOSTS", []) == [
        "xn--bcher-kva.example"
    ]


@pytest.mark.parametrize("written", ['["a.example"]', "a/b", "a_b", "a;b", "**", "a.*"])
def test_allowed_host_that_never_matches_is_refused(written: str) -> None:
    with pytest.raises(SettingError, match=r"^Entry 2 of HOSTS must "):
        environment(HOSTS=f"ok.example,{written}").allowed_hosts("HOSTS", [])


def test_redirect_hosts_are_read_as_meant() -> None:
    written = "Printora.AI/ HTTP://Localhost:8001/, bücher.example,https://x.example:443"
    assert environment(HOSTS=written).redirect_hosts("HOSTS", []) == [
        *("printora.ai", "http://localhost:8001", "xn--bcher-kva.example", "https://x.example")
    ]


@pytest.mark.parametrize(
    "written",
    ["https://printora.ai/editor", "printora.ai/editor", "*.printora.ai", ".printora.ai", "a:8001"],
)
def test_redirect_host_that_allows_nothing_is_refused(written: str) -> None:
    with pytest.raises(SettingError, match=r"^Entry 2 of HOSTS must "):
        environment(HOSTS=f"printora.ai,{written}").redirect_hosts("HOSTS", [])
