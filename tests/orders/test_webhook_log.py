"""Staff read Printora's log and have deliveries sent again; a slow Printora holds up no page."""

import time
from collections.abc import Iterator

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import Settings

from orders.dashboard.webhook_log.entries import EntryPage
from orders.models import Order
from printora_integration import exceptions as errors
from printora_integration.client import get_client
from tests.sandbox.visitor import Api, Visitor
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

DELIVERIES = "/dashboard/deliveries/"
RETRY, RESEND = f"{DELIVERIES}retry/", f"{DELIVERIES}resend/"
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    """Run a sandbox whose webhooks reach nobody, so that each may be retried."""
    with SandboxProcess() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def session_id(sandbox: SandboxProcess) -> str:
    """Return the session of one order that was placed there."""
    visitor = Visitor(Api(sandbox).opened())
    visitor.order()
    return visitor.opened.id


@pytest.fixture(autouse=True)
def printora(sandbox: SandboxProcess, settings: Settings) -> Iterator[Settings]:
    settings.PRINTORA_API_URL, settings.PRINTORA_API_KEY = sandbox.url, sandbox.api_key
    get_client.cache_clear()
    yield settings
    get_client().close()
    get_client.cache_clear()


@pytest.fixture
def printora_is_down(printora: Settings) -> None:
    printora.PRINTORA_API_URL = "http://127.0.0.1:9"


def page_after(client: Client, address: str, form: dict[str, str]) -> str:
    """Return what the page says after a form was sent."""
    return client.post(address, form, follow=True).content.decode()


@pytest.mark.parametrize("address", [DELIVERIES, f"{DELIVERIES}session/?session=x"])
def test_webhook_log_is_for_staff_only(client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/accounts/login/")
    client.force_login(User.objects.create_user("visitor"))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", [RETRY, RESEND])
def test_retry_and_resend_are_for_staff_only(client: Client, address: str) -> None:
    assert client.post(address)["Location"].startswith("/accounts/login/")
    client.force_login(User.objects.create_user("visitor"))
    assert client.post(address).status_code == 403


def test_asking_needs_a_form_of_ours() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_user("operator", is_staff=True))
    assert client.post(RETRY, {"delivery": "1"}).status_code == 403
    assert client.get(RETRY).status_code == 405


def test_log_is_listed_with_its_order(staff_client: Client, session_id: str) -> None:
    order = Order.objects.create(session_id=session_id, order_id="o1", order_number="PR-4711")
    page = staff_client.get(DELIVERIES).content.decode()
    assert [w for w in ("order.created", "PR-4711", "Retry now", "Resend") if w not in page] == []
    assert order.get_absolute_url() in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"event_type": "order.created"}, 1),
        ({"event_type": "order.shipped"}, 0),
        ({"status": "sent"}, 0),
        ({"offset": "100"}, 0),
        ({"status": "lost", "event_type": "x", "offset": "-1"}, 1),
    ],
)
def test_filters_are_asked_of_printora(
    staff_client: Client, session_id: str, query: dict[str, str], count: int
) -> None:
    assert len(staff_client.get(DELIVERIES, query).context["page"].entries) >= count
    assert bool(staff_client.get(DELIVERIES, query).context["page"].entries) is bool(count)


def test_one_sessions_deliveries_come_as_a_part_of_its_order(
    staff_client: Client, session_id: str
) -> None:
    address, htmx = f"{DELIVERIES}session/", {"HX-Request": "true"}
    part = staff_client.get(address, {"session": session_id}, headers=htmx).content.decode()
    assert "<html" not in part
    assert "order.created" in part
    other = staff_client.get(address, {"session": "another"}).content.decode()
    assert "No delivery of this session is among the newest 100" in other


def test_second_click_on_retry_does_nothing_more(staff_client: Client, session_id: str) -> None:
    log_id = staff_client.get(DELIVERIES).context["page"].entries[0].log.id
    assert "Printora sends it again" in page_after(staff_client, RETRY, {"delivery": log_id})
    assert "a moment ago" in page_after(staff_client, RETRY, {"delivery": log_id})
    [entry] = LogEntry.objects.all()
    assert entry.change_message == f"Asked Printora to retry delivery {log_id}."


def test_resend_makes_one_new_delivery_of_two_clicks(staff_client: Client, session_id: str) -> None:
    before = len(staff_client.get(DELIVERIES).context["page"].entries)
    form = {"session": session_id, "event_type": "order.created", "next": DELIVERIES}
    assert "Printora sends it again" in page_after(staff_client, RESEND, form)
    assert "a moment ago" in page_after(staff_client, RESEND, form)
    assert len(staff_client.get(DELIVERIES).context["page"].entries) == before + 1


def test_delivery_that_printora_does_not_know_is_reported_and_can_be_retried(
    staff_client: Client,
) -> None:
    for _click in range(2):  # it failed, so that the second one asks again
        assert "does not know this" in page_after(staff_client, RETRY, {"delivery": UNKNOWN})
    assert LogEntry.objects.filter(change_message__endswith="Failed: NotFoundError.").count() == 2


@pytest.mark.parametrize(
    "form",
    [{}, {"session": "s"}, {"session": "s", "event_type": "order.cancelled"}, {"session": "\x00"}],
)
def test_what_cannot_be_resent_is_not_asked_for(staff_client: Client, form: dict[str, str]) -> None:
    assert "Printora cannot resend this" in page_after(staff_client, RESEND, form)
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:1"])
def test_form_leads_to_no_other_site(staff_client: Client, elsewhere: str) -> None:
    assert staff_client.post(RESEND, {"next": elsewhere})["Location"] == DELIVERIES


@pytest.mark.usefixtures("printora_is_down")
def test_page_says_that_printora_is_down_and_does_not_hang(staff_client: Client) -> None:
    began = time.monotonic()
    response = staff_client.get(DELIVERIES)
    assert response.status_code == 200
    assert "The print shop did not answer" in response.content.decode()
    assert time.monotonic() - began < 7


@pytest.mark.usefixtures("printora_is_down")
def test_order_page_does_not_ask_printora(staff_client: Client) -> None:
    order = Order.objects.create(session_id="s", order_id="o")
    page = staff_client.get(order.get_absolute_url()).content.decode()
    assert "/dashboard/deliveries/session/?session=s" in page
    assert "did not answer" not in page


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (errors.RateLimitError("slow", status=429, retry_after=12.2), "Try again in 13 seconds"),
        (errors.RateLimitError("slow", status=429), "Try again in a minute"),
        (errors.ServerError("boom", status=500), "The print shop has a problem"),
        (errors.AuthenticationError("no", status=401), "did not accept our API key"),
        (errors.InvalidResponseError("odd"), "did not understand"),
        (errors.PrintoraError("odd"), "Something went wrong"),
    ],
)
def test_error_is_shown_in_its_own_sentences(error: errors.PrintoraError, text: str) -> None:
    page = render_to_string("orders/_webhook_log_error.html", {"page": EntryPage(error=error)})
    assert text in page
