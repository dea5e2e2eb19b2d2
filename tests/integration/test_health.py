"""The readiness probe answers soon, even where nothing else does, and costs Printora few calls."""

import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import Celery
from celery.app import app_or_default
from health_check.exceptions import ServiceUnavailable
from pytest_django import Settings

from printora_integration import health
from printora_integration.client import get_client
from tests.integration.http_vendor import HttpVendor

NOON = datetime(2026, 2, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def broker() -> Iterator[Callable[..., None]]:
    """Return a function that gives Celery's current app another broker, for a test."""
    previous = app_or_default()

    def use(url: str, **options: object) -> None:
        app = Celery("probe", broker=url, set_as_current=False)
        app.conf.broker_transport_options = options
        app.set_current()

    yield use
    previous.set_current()


def test_broker_that_accepts_and_never_answers_is_unavailable_soon(
    broker: Callable[..., None],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        broker(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        started = time.monotonic()
        with pytest.raises(ServiceUnavailable, match="CELERY_BROKER_URL"):
            health.Broker().run()
        assert time.monotonic() - started < 2


def test_broker_that_refuses_is_unavailable_soon(broker: Callable[..., None]) -> None:
    broker("redis://127.0.0.1:1/0")
    started = time.monotonic()
    with pytest.raises(ServiceUnavailable):
        health.Broker().run()
    assert time.monotonic() - started < 2


def test_broker_of_files_is_available() -> None:
    health.Broker().run()


# --- Printora -------------------------------------------------------------------------------------


@pytest.fixture
def new_client() -> Iterator[None]:
    get_client.cache_clear()
    health.clear_cache()
    yield
    get_client().close()
    get_client.cache_clear()
    health.clear_cache()


@pytest.fixture
def vendor(http_vendor: HttpVendor, new_client: None) -> HttpVendor:
    """A Printora that answers with 404."""
    http_vendor.status = 404
    return http_vendor


def test_any_response_of_printora_will_do_and_is_cached(vendor: HttpVendor) -> None:
    with time_machine.travel(NOON, tick=False):
        for _probe in range(5):
            health.Vendor().run()
    assert vendor.hits == 1


def test_printora_is_called_again_after_a_while(vendor: HttpVendor) -> None:
    for seconds in (0, 11):
        with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
            health.Vendor().run()
    assert vendor.hits == 2


@pytest.mark.usefixtures("new_client")
def test_failure_to_reach_printora_is_cached_too(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.PRINTORA_API_URL = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with time_machine.travel(NOON, tick=False):
        for _probe in range(2):
            with pytest.raises(ServiceUnavailable, match="PRINTORA_API_URL"):
                health.Vendor().run()
    assert health._failure.cache_info().hits == 1
