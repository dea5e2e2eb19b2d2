"""One intent, one session: the row and its key are saved before Printora is asked."""

import json
import traceback
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import time_machine
from django.db import connection, transaction
from pytest_django import Settings

from printora_integration.client import PrintoraClient
from printora_integration.exceptions import (
    ArgumentError,
    InvalidResponseError,
    PrintoraError,
    RedirectRefusedError,
    TransportError,
)
from printora_integration.models import LINK_LIFETIME, PrintSession, WebhookEvent
from printora_integration.print_sessions.start import start_print_session
from printora_integration.tasks import expire_sessions
from tests.helpers import at_once

pytestmark = pytest.mark.django_db

LINK = "https://printora.ai/en/print/tok_1"
NOON = datetime(2026, 2, 27, 12, 0, tzinfo=UTC)
Status = PrintSession.Status


class Vendor:
    """Answer as Printora does: one session an idempotency key, 409 when it comes again."""

    def __init__(
        self, *, link: object = LINK, failures: int = 0, session_id: str | None = None
    ) -> None:
        self.link = link
        self.session_id = session_id
        self.failures = failures
        self.status_told: int | str = 404  # to who asks how a session stands
        self.keys: list[str] = []
        self.bodies: list[bytes] = []
        self.before: Callable[[], None] = lambda: None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.before()
        if request.method == "GET":
            return self.tell(request)
        key = request.headers["idempotency-key"]
        status = 409 if key in self.keys else 201
        self.keys.append(key)
        self.bodies.append(request.content)
        if self.failures:
            self.failures -= 1
            raise httpx.ReadTimeout("the response was lost", request=request)
        session_id = self.session_id or str(uuid.uuid5(uuid.NAMESPACE_URL, key))
        data = {"sessionId": session_id, "redirectUrl": self.link}
        body = json.dumps(
            {"success": True, "data": data}
        )  # ASCII, for links that UTF-8 cannot hold
        return httpx.Response(status, content=body.encode())

    def tell(self, request: httpx.Request) -> httpx.Response:
        told = self.status_told
        if told == 0:
            raise httpx.ReadTimeout("no response", request=request)
        if isinstance(told, int):
            return httpx.Response(told, json={"error": {"code": "NO", "message": "No."}})
        session_id = request.url.path.rsplit("/", 1)[1]
        return httpx.Response(
            200, json={"success": True, "data": {"sessionId": session_id, "status": told}}
        )

    def client(self) -> PrintoraClient:
        return PrintoraClient(
            base_url="http://localhost:8001",
            api_key="sk_test_1",
            deadline=0.3,  # one try: what is tested here is the visitor's second one
            transport=httpx.MockTransport(self),
        )


def click(vendor: Vendor, **changes: str) -> PrintSession:
    reference = changes.get("reference", "dune")
    facts: dict[str, Any] = {
        "visitor": "v1",
        "image_url": f"http://localhost:8000/static/art/{reference}.jpg",
        "reference": reference,
        "title": "Dune",
        "back_url": f"/art/{reference}/",
    }
    return start_print_session(**facts | changes, client=vendor.client())


def test_click_saves_a_session_with_its_link() -> None:
    session = click(Vendor())
    kept = PrintSession.objects.get()
    assert kept == session
    assert (kept.status, kept.redirect_url) == (Status.PENDING, LINK)
    assert (kept.visitor, kept.reference, kept.back_url) == ("v1", "dune", "/art/dune/")
    assert kept.session_id is not None


def test_vendor_is_told_where_our_pages_are() -> None:
    vendor = Vendor()
    click(vendor)
    [body] = vendor.bodies
    assert httpx.Response(200, content=body).json() == {
        "imageUrl": "http://localhost:8000/static/art/dune.jpg",
        "successUrl": "http://localhost:8000/callback/success/",
        "failedUrl": "http://localhost:8000/callback/failed/",
    }


@pytest.mark.django_db(transaction=True)
def test_row_with_its_key_is_committed_before_the_call() -> None:
    vendor = Vendor()
    seen: list[tuple[bool, list[str]]] = []

    def look() -> None:
        keys = PrintSession.objects.values_list("idempotency_key", flat=True)
        seen.append((transaction.get_connection().in_atomic_block, [str(key) for key in keys]))

    vendor.before = look
    click(vendor)
    assert seen == [(False, vendor.keys)]


def test_second_click_finds_the_session_without_a_call() -> None:
    vendor = Vendor()
    first, second = click(vendor), click(vendor)
    assert (first.pk, second.redirect_url) == (second.pk, LINK)
    assert len(vendor.keys) == 1


def test_retry_after_a_timeout_repeats_the_key() -> None:
    vendor = Vendor(failures=1)
    with pytest.raises(TransportError):
        click(vendor)
    assert PrintSession.objects.get().status == Status.NEW
    assert click(vendor).redirect_url == LINK
    assert len(vendor.keys) == 2
    assert len(set(vendor.keys)) == 1
    assert PrintSession.objects.count() == 1


def test_another_visitor_gets_a_session_of_their_own() -> None:
    vendor = Vendor()
    assert click(vendor, visitor="v1").pk != click(vendor, visitor="v2").pk
    assert len(set(vendor.keys)) == 2


def test_another_picture_gets_a_session_of_its_own() -> None:
    vendor = Vendor()
    assert click(vendor, reference="dune").pk != click(vendor, reference="reef").pk


def test_link_is_reused_while_it_lives() -> None:
    vendor = Vendor()
    with time_machine.travel(NOON, tick=False):
        first = click(vendor)
    with time_machine.travel(NOON + LINK_LIFETIME, tick=False):
        assert click(vendor).pk == first.pk


def click_twice(vendor: Vendor) -> tuple[PrintSession, PrintSession]:
    """Click, and again a second after the link has ended."""
    with time_machine.travel(NOON, tick=False):
        first = click(vendor)
    with time_machine.travel(NOON + LINK_LIFETIME + timedelta(seconds=1), tick=False):
        second = click(vendor)
    first.refresh_from_db()
    return first, second


@pytest.mark.parametrize("told", ["pending", "expired", 403, 404, 500])
def test_link_that_has_outlived_itself_is_replaced(told: int | str) -> None:
    vendor = Vendor()
    vendor.status_told = told
    first, second = click_twice(vendor)
    assert (first.status, second.status) == (Status.EXPIRED, Status.PENDING)
    assert len(set(vendor.keys)) == 2


def test_link_that_was_visited_unseen_is_not_replaced_by_a_second_order() -> None:
    vendor = Vendor()
    vendor.status_told = "active"
    first, second = click_twice(vendor)
    assert (first.pk, first.status) == (second.pk, Status.ACTIVE)
    assert len(vendor.keys) == 1


def test_ended_link_stays_when_printora_does_not_answer() -> None:
    vendor = Vendor()
    vendor.status_told = 0
    with pytest.raises(TransportError):
        click_twice(vendor)
    assert PrintSession.objects.get().status == Status.PENDING


@pytest.mark.parametrize("closed", [Status.COMPLETED, Status.CANCELLED, Status.EXPIRED])
def test_closed_session_is_not_found_again(closed: str) -> None:
    vendor = Vendor()
    first = click(vendor)
    PrintSession.objects.update(status=closed)
    assert click(vendor).pk != first.pk
    assert len(set(vendor.keys)) == 2


def test_session_that_was_ordered_during_the_call_stays_completed() -> None:
    vendor = Vendor()

    def order_arrives() -> None:
        PrintSession.objects.update(status=Status.COMPLETED)

    vendor.before = order_arrives
    click(vendor)
    assert PrintSession.objects.get().status == Status.COMPLETED


@pytest.mark.parametrize("event", ["order.created", "order.shipped"])
def test_order_that_came_in_before_the_response_completes_the_session(event: str) -> None:
    vendor = Vendor(session_id="sess_1")
    vendor.before = lambda: receive(event)
    assert click(vendor).redirect_url == LINK
    assert PrintSession.objects.get().status == Status.COMPLETED
    vendor.before, vendor.session_id = lambda: None, "sess_2"
    click(vendor)
    assert len(set(vendor.keys)) == 2


def test_event_that_is_no_order_completes_nothing() -> None:
    vendor = Vendor(session_id="sess_1")
    vendor.before = lambda: receive("session.visited")
    assert click(vendor).status == Status.PENDING


def test_order_that_nobody_noticed_is_noticed_by_the_next_click() -> None:
    vendor = Vendor(session_id="sess_1")
    first = click(vendor)
    receive("order.created")
    vendor.session_id = "sess_2"
    assert click(vendor).pk != first.pk
    first.refresh_from_db()
    assert first.status == Status.COMPLETED


def receive(event: str) -> None:
    WebhookEvent.objects.create(session_id="sess_1", event=event, occurred_at=NOON, body="{}")


def test_other_picture_under_the_same_name_gets_a_session_of_its_own() -> None:
    vendor = Vendor()
    first = click(vendor)
    second = click(vendor, image_url="http://localhost:8000/static/art/dune-2.jpg")
    first.refresh_from_db()
    assert (first.status, second.status) == (Status.EXPIRED, Status.PENDING)
    assert second.image_url.endswith("dune-2.jpg")
    assert b"dune-2.jpg" in vendor.bodies[1]
    assert len(set(vendor.keys)) == 2


@pytest.mark.django_db(transaction=True)
def test_clicks_on_two_pictures_at_once_each_get_their_own() -> None:
    vendor = Vendor()
    urls = [f"http://localhost:8000/static/art/{number}.jpg" for number in (1, 2)] * 8

    def attempt(url: str) -> Callable[[], str]:
        return lambda: click(vendor, image_url=url).image_url

    assert at_once(*map(attempt, urls)) == urls
    assert PrintSession.objects.open().count() == 1


@pytest.mark.django_db(transaction=True)
def test_clicks_at_once_make_one_row_and_one_key() -> None:
    vendor = Vendor()

    def attempt() -> str:
        return click(vendor).redirect_url

    assert at_once(*[attempt] * 20) == [LINK] * 20
    assert PrintSession.objects.count() == 1
    assert len(set(vendor.keys)) == 1


# --- Where a visitor may be sent ------------------------------------------------------------------


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
    assert click(Vendor(link=link)).redirect_url == link


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
def test_link_to_another_host_is_refused_and_not_kept(link: object) -> None:
    with pytest.raises(RedirectRefusedError):
        click(Vendor(link=link))
    kept = PrintSession.objects.get()
    assert (kept.redirect_url, kept.session_id, kept.status) == ("", None, Status.NEW)


@pytest.mark.usefixtures("hosts")
def test_refusal_does_not_tell_the_link() -> None:
    with pytest.raises(PrintoraError) as refusal:
        click(Vendor(link="https://evil.com/tok_secret"))
    assert "tok_secret" not in repr(refusal.value)


def test_link_is_refused_once_its_host_has_left_the_list(settings: Settings) -> None:
    vendor = Vendor()
    click(vendor)
    settings.PRINTORA_REDIRECT_HOSTS = ["http://localhost:8001"]
    with pytest.raises(RedirectRefusedError):
        click(vendor)


# --- Expiry ---------------------------------------------------------------------------------------


def session(status: str, *, age: timedelta, **facts: Any) -> PrintSession:
    with time_machine.travel(NOON - age, tick=False):
        return PrintSession.objects.create(
            visitor=uuid.uuid4().hex, reference="dune", title="Dune", status=status, **facts
        )


@pytest.mark.parametrize("status", [Status.NEW, Status.PENDING])
def test_session_whose_link_has_outlived_itself_expires(status: str) -> None:
    old = session(status, age=timedelta(minutes=16))
    young = session(status, age=timedelta(minutes=14))
    with time_machine.travel(NOON, tick=False):
        assert expire_sessions() == 1
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.status, young.status) == (Status.EXPIRED, status)
    assert old.updated_at == NOON


@pytest.mark.parametrize(
    "status", [Status.ACTIVE, Status.COMPLETED, Status.CANCELLED, Status.EXPIRED]
)
def test_session_that_is_not_waiting_does_not_expire(status: str) -> None:
    old = session(status, age=timedelta(days=1))
    assert expire_sessions() == 0
    old.refresh_from_db()
    assert old.status == status


def test_expiring_takes_one_query(django_assert_num_queries: Any) -> None:
    for _number in range(5):
        session(Status.PENDING, age=timedelta(hours=1))
    assert connection.connection is not None
    with django_assert_num_queries(1):
        expire_sessions()


# --- What could escape as something else ----------------------------------------------------------


@pytest.mark.parametrize("link", ["", None])
def test_response_without_a_link_is_unexpected(link: str | None) -> None:
    with pytest.raises(InvalidResponseError, match="redirectUrl"):
        click(Vendor(link=link))


def test_session_id_that_another_row_holds_is_unexpected() -> None:
    vendor = Vendor(session_id="sess_1")
    click(vendor, visitor="v1")
    with pytest.raises(InvalidResponseError) as refusal:
        click(vendor, visitor="v2")
    assert "sess_1" not in "".join(traceback.format_exception(refusal.value))
    assert PrintSession.objects.get(visitor="v2").status == Status.NEW


def test_long_address_to_come_back_to_is_kept() -> None:
    back_url = "/art/dune/?" + "q" * 3000
    assert click(Vendor(), back_url=back_url).back_url == back_url


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("visitor", "v" * 65),
        ("reference", "r" * 256),
        ("title", "t" * 256),
        ("title", "Dune\x00"),
        ("back_url", "/\ud800"),
    ],
)
def test_argument_that_no_column_can_hold_is_named(argument: str, value: str) -> None:
    with pytest.raises(ArgumentError, match=rf"^{argument} "):
        click(Vendor(), **{argument: value})
    assert not PrintSession.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_start_inside_a_transaction_fails_loudly() -> None:
    vendor = Vendor()
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        click(vendor)
    assert vendor.keys == []
