"""What tests of several files share: one sandbox a file, and clients that talk to it."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from pytest_django import Settings

from printora_integration.client import get_background_client, get_client
from tests.integration.http_vendor import HttpVendor, http_server
from tests.integration.order_list import OrderVendor
from tests.integration.production import KEY, SECRET
from tests.integration.sessions import NOON
from tests.sandbox_process import SandboxProcess


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    """A sandbox whose webhooks nobody answers, so that their logs say that they are retried."""
    with SandboxProcess() as process:
        yield process


@pytest.fixture
def connected(sandbox: SandboxProcess, settings: Settings) -> Iterator[None]:
    """Connect this process's clients to the sandbox."""
    settings.PRINTORA_API_URL = sandbox.url
    settings.PRINTORA_API_KEY = sandbox.api_key
    for get in (get_client, get_background_client):
        get.cache_clear()
    yield
    for get in (get_client, get_background_client):
        get().close()
        get.cache_clear()


@pytest.fixture
def noon() -> Iterator[Any]:
    """A clock that stands at noon until a test moves it."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def printora() -> OrderVendor:
    """A Printora without orders, until a test sells some."""
    return OrderVendor()


@pytest.fixture
def http_vendor(settings: Settings) -> Iterator[HttpVendor]:
    """A Printora of real HTTP, to which the settings point."""
    with http_server() as server:
        settings.PRINTORA_API_URL = server.url
        yield server


@pytest.fixture
def good(settings: Settings) -> Settings:
    """Settings with nothing wrong, as in production."""
    settings.PRINTORA_SITE_URL = "https://gallery.example.com"
    settings.PRINTORA_API_URL = "https://api.printora.ai"
    settings.PRINTORA_API_KEY = KEY
    settings.PRINTORA_WEBHOOK_SECRETS = [SECRET]
    settings.PRINTORA_REDIRECT_HOSTS = ["printora.ai"]
    return settings
