"""The readiness probe answers soon, whatever hangs, and costs Printora little."""

import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
import time_machine
from celery import Celery
from celery.app import app_or_default
from health_check.exceptions import ServiceUnavailable
from pytest_django import Settings

from printora_integration import health
from printora_integration.client import get_client

NOON = datetime(2026, 2, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def broker() -> Iterator[Callable[..., None]]:
    """Let Celery's current app use another broker for a test."""
    usual = app_or_default()

    def use(url: str, **options: object) -> None:
        app = Celery("probe", broker=url, set_as_current=False)
        app.conf.broker_transport_options = options
        app.set_current()

    yield use
    usual.set_current()


def test_broker_that_accepts_and_never_responses_is_unavailable_soon(
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


class Vendor(HTTPServer):
    """Answer every GET with 404, and count them."""

    hits = 0


class _Answer(BaseHTTPRequestHandler):
    server: Vendor

    def do_GET(self) -> None:
        self.server.hits += 1
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def fresh_client() -> Iterator[None]:
    get_client.cache_clear()
    health.forget()
    yield
    get_client().close()
    get_client.cache_clear()
    health.forget()


@pytest.fixture
def vendor(settings: Settings, fresh_client: None) -> Iterator[Vendor]:
    with Vendor(("127.0.0.1", 0), _Answer) as server:
        Thread(target=server.serve_forever, args=(0.01,)).start()
        settings.PRINTORA_API_URL = f"http://127.0.0.1:{server.server_port}"
        yield server
        server.shutdown()


def test_any_response_of_printora_will_do_and_is_remembered(vendor: Vendor) -> None:
    with time_machine.travel(NOON, tick=False):
        for _probe in range(5):
            health.Vendor().run()
    assert vendor.hits == 1


def test_printora_is_asked_again_after_a_while(vendor: Vendor) -> None:
    for seconds in (0, 11):
        with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
            health.Vendor().run()
    assert vendor.hits == 2


@pytest.mark.usefixtures("fresh_client")
def test_silence_of_printora_is_remembered_too(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.PRINTORA_API_URL = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with time_machine.travel(NOON, tick=False):
        for _probe in range(2):
            with pytest.raises(ServiceUnavailable, match="PRINTORA_API_URL"):
                health.Vendor().run()
    assert health._failure.cache_info().hits == 1
