"""A client is made from a host and a key, or from the settings, and shows no key."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import time_machine
from pytest_django import Settings

from printora_integration.client import PrintoraClient, get_background_client, get_client
from printora_integration.exceptions import ArgumentError
from printora_integration.merch import (
    MerchClient,
    get_background_merch_client,
    get_merch_client,
)
from tests.integration.printora import client_for, create_session
from vendor_kit.responses import RateLimit

HOST, KEY = "https://api.printora.ai", "sk_test_of_the_tests"
SESSION = {"success": True, "data": {"sessionId": "s1"}}
GETTERS: tuple[Any, ...] = (
    get_client,
    get_background_client,
    get_merch_client,
    get_background_merch_client,
)


def answering(check: Callable[[httpx.Request], bool]) -> Callable[[httpx.Request], httpx.Response]:
    """Return a handler that answers with a session, after checking the request."""

    def handle(request: httpx.Request) -> httpx.Response:
        assert check(request)
        return httpx.Response(200, json=SESSION)

    return handle


@pytest.mark.parametrize(
    "base_url",
    [
        "https://api.printora.ai",
        "https://api.printora.ai/",
        "https://api.printora.ai/api/v1",
        "https://api.printora.ai/api/v1/",
        " https://api.printora.ai/api/v1// ",
    ],
)
def test_base_url_may_end_as_each_document_writes_it(base_url: str) -> None:
    handle = answering(lambda request: str(request.url) == f"{HOST}/api/v1/partner-session")
    create_session(client_for(handle, base_url=base_url))


def test_base_url_may_be_a_sandbox_with_a_port() -> None:
    url = "http://localhost:8001/api/v1/partner-session"
    handle = answering(lambda request: str(request.url) == url)
    create_session(client_for(handle, base_url="http://localhost:8001/api/v1"))


@pytest.mark.parametrize(
    "base_url",
    ["", "api.printora.ai", "https://api.printora.ai:port", "https://x:99999", "https://[::1"],
)
def test_base_url_that_is_no_address_is_refused(base_url: str) -> None:
    with pytest.raises(ArgumentError, match=r"^base_url"):
        PrintoraClient(base_url=base_url, api_key=KEY)


# --- The key --------------------------------------------------------------------------------------


def test_key_and_client_are_named_in_headers() -> None:
    handle = answering(
        lambda request: (
            request.headers["authorization"] == f"Bearer {KEY}"
            and request.headers["user-agent"] == "printora-django/1.0"
        )
    )
    client = client_for(handle, api_key=f" {KEY}\n")
    assert client.sessions.get("s1").session_id == "s1"


def test_key_is_never_part_of_the_address() -> None:
    handle = answering(lambda request: KEY not in str(request.url))
    assert client_for(handle, api_key=KEY).sessions.get("s1").session_id == "s1"


@pytest.mark.parametrize("key", ["", "\n", "sk_test_\x00", "sk_test_é", "sk_test_1\nsk_test_2"])
def test_key_that_no_header_can_hold_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(ArgumentError, match=r"^api_key") as refusal:
        PrintoraClient(base_url=HOST, api_key=key)
    assert "sk_test" not in str(refusal.value)


@pytest.mark.parametrize("kind", [PrintoraClient, MerchClient])
def test_client_does_not_show_its_key(kind: type[PrintoraClient]) -> None:
    client = kind(base_url=HOST, api_key=KEY)
    assert repr(client) == f"{kind.__name__}(base_url='https://api.printora.ai')"
    client.close()


# --- The last response ----------------------------------------------------------------------------


def test_client_knows_the_rate_limit_and_the_clock_of_the_last_response() -> None:
    headers = {
        "X-RateLimit-Limit": "60",
        "X-RateLimit-Remaining": "59",
        "X-RateLimit-Reset": "1772150400",
        "Date": "Fri, 27 Feb 2026 00:00:00 GMT",
    }
    client = client_for(lambda _request: httpx.Response(200, json=SESSION, headers=headers))
    assert (client.rate_limit, client.clock_skew) == (None, None)
    with time_machine.travel(datetime(2026, 2, 27, 0, 0, 30, tzinfo=UTC), tick=False):
        client.sessions.get("s1")
    moment = datetime.fromtimestamp(1_772_150_400, UTC)
    assert client.rate_limit == RateLimit(limit=60, remaining=59, resets_at=moment)
    assert client.clock_skew == 30


# --- From the settings ----------------------------------------------------------------------------


@pytest.fixture
def new_clients() -> Iterator[None]:
    """Make the process's clients anew, for this test only."""
    for get in GETTERS:
        get.cache_clear()
    yield
    for get in GETTERS:
        get().close()
        get.cache_clear()


@pytest.mark.usefixtures("new_clients")
@pytest.mark.parametrize(
    ("click", "background", "kind"),
    [
        (get_client, get_background_client, PrintoraClient),
        (get_merch_client, get_background_merch_client, MerchClient),
    ],
)
def test_background_has_a_client_of_its_own_with_a_longer_deadline_and_a_reserve(
    click: Callable[[], PrintoraClient],
    background: Callable[[], PrintoraClient],
    kind: type[PrintoraClient],
) -> None:
    assert background() is background()
    assert background() is not click()
    assert type(background()) is type(click()) is kind
    assert (background().transport.deadline, background().transport.reserve) == (60, 5)
    assert (click().transport.deadline, click().transport.reserve) == (4.0, None)


def test_client_for_one_use_is_made_from_the_settings(settings: Settings) -> None:
    settings.PRINTORA_API_URL = "https://api-staging.printora.ai/api/v1"
    client = MerchClient.from_settings(deadline=7, reserve=2)
    assert client.base_url == "https://api-staging.printora.ai"
    assert (client.transport.deadline, client.transport.reserve) == (7, 2)
    client.close()


def test_merch_is_no_part_of_the_core_client() -> None:
    client = PrintoraClient(base_url=HOST, api_key=KEY)
    assert not any(hasattr(client, name) for name in ("catalog", "creators", "merch"))
    client.close()
