"""Fixtures: an empty cache, the date of the stories, a returning visitor, places for mails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from printora_integration.models import PrintSession
from tests.helpers import SESSION
from tests.orders.returning_visitor import SUCCESS


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def story_date() -> Iterator[None]:
    """Travel to the day on which the stories' orders are shipped: their milestones are recent."""
    with time_machine.travel("2026-02-28T10:00:00Z"):
        yield


@pytest.fixture
def visitor(client: Client) -> Client:
    """Return the browser of a visitor whose print session SESSION is at the editor."""
    request = client.get(SUCCESS, {"sessionId": "any"}).wsgi_request
    visitor_id = request._printora_visitor  # type: ignore[attr-defined]
    PrintSession.objects.create(
        visitor=visitor_id,
        reference="dune",
        title="Dune at dusk",
        image_url="http://localhost:8000/static/art/dune.jpg",
        back_url="/art/dune/",
        session_id=SESSION,
        redirect_url="https://printora.ai/en/print/tok_1",
        status=PrintSession.Status.PENDING,
    )
    return client


@pytest.fixture
def refusing(settings: Settings) -> None:
    """Set a mail server that refuses all mails."""
    settings.EMAIL_BACKEND = "tests.orders.mail_servers.Refusing"


@pytest.fixture
def mail_folder(tmp_path: Path, settings: Settings) -> None:
    """Write mails as files into a folder of the test's own."""
    settings.EMAIL_BACKEND = "orders.notifications.file_backend.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
