"""Staff read every event as it was received, and what we refused."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from printora_integration.models import RefusedDelivery, WebhookEvent
from tests.helpers import SESSION, deliver, webhook

pytestmark = pytest.mark.django_db

EVENTS = "/dashboard/events/"


def make_event(event: str = "order.created", **columns: object) -> WebhookEvent:
    session = columns.pop("session_id", f"sess_{WebhookEvent.objects.count()}")
    return WebhookEvent.objects.create(
        **{"session_id": session, "event": event, "body": "{}", "occurred_at": "2026-02-27T10:00Z"}
        | columns
    )


def listed(client: Client, **query: str) -> list[str]:
    page = client.get(EVENTS, query).context["page"]
    return [event.event for event in page.object_list]


@pytest.mark.parametrize("page", ["", "1/", "refused/1/", "?outcome=refused"])
def test_events_are_for_staff_only(client: Client, page: str) -> None:
    assert client.get(EVENTS + page)["Location"].startswith("/accounts/login/")
    client.force_login(User.objects.create_user("visitor"))
    assert client.get(EVENTS + page).status_code == 403


@pytest.mark.parametrize("count", [1, 60])
def test_list_takes_6_queries_and_no_body_whatever_the_number(
    staff_client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        make_event(body='{"secret": 1}')
    with django_assert_max_num_queries(6) as queries:
        assert "secret" not in staff_client.get(EVENTS).content.decode()
    assert not [query for query in queries if '"body"' in query["sql"]]


def test_types_filter(staff_client: Client) -> None:
    for event in ("order.paid", "order.shipped", "order.refunded"):
        make_event(event)
    assert listed(staff_client, type="order.paid") == ["order.paid"]
    assert listed(staff_client, type="other") == ["order.refunded"]


def test_outcomes_filter(staff_client: Client) -> None:
    make_event("once")
    make_event("again", delivery_count=2)
    make_event("changed", delivery_count=2, changed_body="{}")
    make_event("reconciled", source="reconciliation")
    assert listed(staff_client, outcome="once") == ["once"]
    assert listed(staff_client, outcome="again") == ["changed", "again"]
    assert listed(staff_client, outcome="changed") == ["changed"]
    assert listed(staff_client, outcome="reconciliation") == ["reconciled"]


@pytest.mark.parametrize("text", [SESSION, SESSION.upper(), f" {SESSION} "])
def test_session_is_found_by_its_id(staff_client: Client, text: str) -> None:
    make_event()
    make_event("order.paid", session_id=SESSION)
    assert listed(staff_client, q=text) == ["order.paid"]


@pytest.mark.parametrize("text", ["x" * 500, "nowhere"])
def test_session_that_cannot_be_finds_nothing(staff_client: Client, text: str) -> None:
    make_event()
    assert listed(staff_client, q=text) == []


def test_event_leads_to_its_order(staff_client: Client, vendor: Client) -> None:
    deliver(vendor, webhook(data={"orderNumber": "PR-1"}))
    event = WebhookEvent.objects.get()
    for address in (EVENTS, f"{EVENTS}{event.pk}/"):
        page = staff_client.get(address).content.decode()
        assert "/dashboard/orders/" in page
        assert "PR-1" in page


def test_event_shows_what_a_later_delivery_said(staff_client: Client) -> None:
    event = make_event(body='{"price": 20.10}', changed_body='{"price": 21}')
    page = staff_client.get(f"{EVENTS}{event.pk}/").content.decode()
    assert [word for word in ("20.10", "21", "Came back changed") if word not in page] == []


def test_payload_for_the_list_is_no_whole_page(staff_client: Client) -> None:
    event = make_event(body='{"a": "</script>"}')
    page = staff_client.get(f"{EVENTS}{event.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "&lt;/script&gt;" in page


def test_refused_delivery_is_listed_with_its_reason_and_shown(staff_client: Client) -> None:
    refused = RefusedDelivery.objects.create(reason="totalAmount: odd", body=b'{"a":"<b>\xff\x00')
    assert "totalAmount: odd" in staff_client.get(EVENTS, {"outcome": "refused"}).content.decode()
    page = staff_client.get(f"{EVENTS}refused/{refused.pk}/").content.decode()
    assert "&lt;b&gt;\\xff\ufffd" in page


@pytest.mark.parametrize("page", ["99/", "refused/99/"])
def test_what_is_not_there_is_not_found(staff_client: Client, page: str) -> None:
    assert staff_client.get(EVENTS + page).status_code == 404
