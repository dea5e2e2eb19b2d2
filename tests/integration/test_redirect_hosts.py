"""A visitor is sent to an allowed host only; any other link is refused and not stored."""

import pytest
from pytest_django import Settings

from printora_integration.exceptions import (
    PrintoraError,
    RedirectRefusedError,
)
from printora_integration.models import PrintSession
from tests.integration.sessions import SessionVendor, click

pytestmark = pytest.mark.django_db

Status = PrintSession.Status


@pytest.fixture
def hosts(settings: Settings) -> None:
    settings.PRINTORA_REDIRECT_HOSTS = ["printora.ai", "http://localhost:8001"]


@pytest.mark.usefixtures("hosts")
@pytest.mark.parametrize(
    "link",
    [
        "https://printora.ai/en/print/tok",
        "https://printora.ai:443/en/print/tok",
        "https://PRINTORA.ai/en/print/tok",
        "https://staging.printora.ai/customize?session=1#top",
        "https://a.b.printora.ai",
        "http://localhost:8001/en/print/tok",
    ],
)
def test_link_to_an_allowed_host_is_followed(link: str) -> None:
    assert click(SessionVendor(link=link)).redirect_url == link


@pytest.mark.usefixtures("hosts")
@pytest.mark.parametrize(
    "link",
    [
        "https://printora.ai/en\x00",
        "https://printora.ai/en\n",
        "https://printora.ai/\ud800",
        " https://printora.ai/en",
        "https://printora.ai/e n",
        "/en/print/tok",
        "//evil.com",
        "//printora.ai",
        "https:printora.ai",
        "https:///printora.ai",
        "http://printora.ai/en/print/tok",
        "ftp://printora.ai",
        "javascript:alert(1)",
        "javascript://printora.ai/%0aalert(1)",
        "data:text/html,hi",
        "https://evil.com/printora.ai",
        "https://evil.com?printora.ai",
        "https://evil.com#.printora.ai",
        "https://printora.ai.evil.com",
        "https://evilprintora.ai",
        "https://.printora.ai",
        "https://printora.ai.",
        "https://printora.ai:8443",
        "https://printora.ai:port",
        "https://printora.ai@evil.com",
        "https://user@printora.ai",
        "https://user:pass@printora.ai",
        "https://:pass@printora.ai",
        "https://@printora.ai",
        "https://evil.com\\@printora.ai",
        "https://evil.com\\.printora.ai",
        "https://evil.com\\\\.printora.ai/en",
        "https://evil.com%2f.printora.ai",
        "https://evil.com%5c.printora.ai",
        "https://evil.com .printora.ai",
        "https://evil.com\uff0f.printora.ai",
        "https://evil.com\u3002printora.ai",
        "https://evil.com\x00.printora.ai",
        "https://[::1].printora.ai",
        "https://[::1",
        "http://localhost:8002",
        "http://localhost",
        "https://localhost:8001",
        "http://localhost:8001@evil.com",
        "http://localhost:8001\\@evil.com",
        "http://localhost:8001.evil.com",
        "http://evil.com@localhost:8001",
        "http://a.localhost:8001",
    ],
)
def test_link_to_another_host_is_refused_and_not_stored(link: object) -> None:
    with pytest.raises(RedirectRefusedError):
        click(SessionVendor(link=link))
    stored = PrintSession.objects.get()
    assert (stored.redirect_url, stored.session_id, stored.status) == ("", None, Status.NEW)


@pytest.mark.usefixtures("hosts")
def test_refusal_does_not_show_the_link() -> None:
    with pytest.raises(PrintoraError) as refusal:
        click(SessionVendor(link="https://evil.com/tok_secret"))
    assert "tok_secret" not in repr(refusal.value)


def test_link_is_refused_once_its_host_has_left_the_list(settings: Settings) -> None:
    vendor = SessionVendor()
    click(vendor)
    settings.PRINTORA_REDIRECT_HOSTS = ["http://localhost:8001"]
    with pytest.raises(RedirectRefusedError):
        click(vendor)
