"""What a visitor did in the editor is known afterwards, without any webhook."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from printora_integration.client import PrintChoice, PrintoraClient
from printora_integration.models import PrintSession
from printora_integration.print_sessions.refresh import refresh_sessions
from printora_integration.print_sessions.start import start_print_session
from printora_integration.tasks import expire_sessions
from tests.integration.sessions import MINUTE
from tests.sandbox.visitor import Opened, Visitor
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

Status = PrintSession.Status


@pytest.fixture
def client(sandbox: SandboxProcess) -> Iterator[PrintoraClient]:
    client = PrintoraClient(base_url=sandbox.url, api_key=sandbox.api_key, deadline=30)
    yield client
    client.close()


@pytest.fixture
def click(sandbox: SandboxProcess, client: PrintoraClient, settings: Any) -> Any:
    settings.PRINTORA_REDIRECT_HOSTS = [sandbox.url]

    def _click() -> PrintSession:
        return start_print_session(
            PrintChoice(image_url="http://localhost:8000/static/art/dune.jpg"),
            visitor="v1",
            reference="dune",
            title="Dune",
            back_url="/art/dune/",
            client=client,
        )

    return _click


def visitor_of(row: PrintSession) -> Visitor:
    token = row.redirect_url.rsplit("/", 1)[1]
    return Visitor(Opened(row.session_id or "", row.redirect_url, token))


def end_the_links() -> None:
    PrintSession.objects.update(created_at=datetime.now(UTC) - 17 * MINUTE)


def test_visitor_who_opened_the_editor_gets_the_same_link_for_a_day(
    click: Any, client: PrintoraClient
) -> None:
    first = click()
    visitor_of(first).look()
    end_the_links()
    assert refresh_sessions(client=client) == 1
    PrintSession.objects.update(created_at=datetime.now(UTC) - timedelta(hours=20))
    expire_sessions()
    again = click()
    assert (again.pk, again.redirect_url) == (first.pk, first.redirect_url)
    assert again.status == Status.ACTIVE


def test_visitor_who_cancelled_in_the_editor_gets_a_new_link(
    click: Any, client: PrintoraClient
) -> None:
    first = click()
    visitor_of(first).leave()
    end_the_links()
    refresh_sessions(client=client)
    first.refresh_from_db()
    assert first.status == Status.CANCELLED
    assert click().redirect_url != first.redirect_url


def test_order_whose_webhooks_were_all_lost_completes_the_session(
    click: Any, client: PrintoraClient
) -> None:
    first = click()
    visitor_of(first).pay()
    end_the_links()
    refresh_sessions(client=client)
    first.refresh_from_db()
    assert first.status == Status.COMPLETED
