"""Staff see what became of each mail, preview it, and send it again."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orders.models import Notification, Order
from orders.notifications import send_due
from printora_integration.schemas.webhooks import EventType
from tests.orders.notifications import process_events, states, subjects

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("story_date")]


Kind, State = Notification.Kind, Notification.State


def send_again(client: Client, *, repeats: int = 0) -> None:
    pk = Notification.objects.get().pk
    assert (
        client.post(f"/dashboard/mails/{pk}/send-again/", {"repeats": repeats}).status_code == 302
    )


def test_staff_send_a_mail_again_once_for_two_clicks(staff_client: Client) -> None:
    process_events(EventType.PAID)
    send_due()
    send_again(staff_client)
    send_again(staff_client)
    send_due()
    send_again(staff_client)
    send_due()
    assert subjects() == ["Payment received"] * 2
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]


def test_superseded_mail_goes_out_when_staff_ask_for_it(staff_client: Client) -> None:
    order = process_events(EventType.PAID)
    send_due()
    Notification.objects.create(
        order=order, kind=Kind.DELIVERED, state=State.SENT, sent_at=timezone.now()
    )
    paid = Notification.objects.get(kind=Kind.PAID)
    assert paid.send_again(seen_repeats=0)
    assert send_due() == 1


def test_mail_cannot_be_sent_again_without_an_address(staff_client: Client) -> None:
    process_events(EventType.PAID)
    Order.objects.update(customer_email="")
    Notification.objects.update(state=State.SKIPPED)
    send_again(staff_client)
    assert states() == {"paid": State.SKIPPED}


@pytest.mark.parametrize("path", ["mails/{}/send-again/", "mails/{}/", "flags/{}/seen/"])
def test_actions_are_for_staff_only(client: Client, path: str) -> None:
    order = process_events(EventType.PAID)
    pk = order.pk if "flags" in path else Notification.objects.get().pk
    address = "/dashboard/" + path.format(pk)
    response = client.post(address) if path.count("/") > 2 else client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_order_page_shows_the_state_of_each_mail(staff_client: Client, refusing: None) -> None:
    order = process_events(EventType.PAID)
    send_due()
    page = staff_client.get(order.get_absolute_url()).content.decode()
    assert "Payment received" in page
    assert "1 attempt" in page
    assert "OSError" in page


def test_order_page_with_every_mail_costs_at_most_eight_queries(staff_client: Client) -> None:
    order = process_events(*EventType)
    send_due()
    with CaptureQueriesContext(connection) as queries:
        staff_client.get(order.get_absolute_url())
    assert len(queries) <= 8


def test_staff_look_at_a_mail_under_a_policy_that_allows_nothing_but_its_styles(
    staff_client: Client,
) -> None:
    process_events(EventType.PAID)
    response = staff_client.get(f"/dashboard/mails/{Notification.objects.get().pk}/")
    assert "Payment received" in response.content.decode()
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_admin_lists_notifications(staff_client: Client) -> None:
    order = process_events(EventType.PAID)
    assert staff_client.get("/admin/orders/notification/").status_code == 200
    assert staff_client.get(f"/admin/orders/order/{order.pk}/change/").status_code == 200


def test_admin_sends_again_what_is_chosen(staff_client: Client) -> None:
    process_events(EventType.PAID)
    send_due()
    chosen = {"action": "send_again", "_selected_action": [Notification.objects.get().pk]}
    staff_client.post("/admin/orders/notification/", chosen)
    assert send_due() == 1
