"""Each export, each look at a raw body and each action is in the audit log, without any data."""

from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from orders.models import Notification, Order
from printora_integration.models import RefusedDelivery, WebhookEvent
from tests.staff.canaries import CANARY, make_canaries

pytestmark = pytest.mark.django_db


def logged() -> list[tuple[str, str]]:
    rows = LogEntry.objects.order_by("pk").select_related("user")
    assert not [row for row in rows if CANARY in f"{row} {row.change_message}".lower()]
    assert all(row.user.username == "operator" for row in rows)
    return [(row.change_message, row.object_id or "") for row in rows]


LOOKS: dict[str, tuple[Callable[[], object], str]] = {
    "event": (lambda: WebhookEvent.objects.order_by("pk")[0].pk, "Looked at its body."),
    "refused": (lambda: RefusedDelivery.objects.get().pk, "Looked at its body."),
    "mail": (lambda: Notification.objects.order_by("pk")[0].pk, "Looked at its mail."),
}


@pytest.mark.parametrize("page", LOOKS)
def test_each_look_is_recorded_once(staff_client: Client, vendor: Client, page: str) -> None:
    make_canaries(vendor)
    find, message = LOOKS[page]
    address = reverse(f"orders:{page}", args=[find()])
    staff_client.get(address)
    staff_client.get(address, headers={"HX-Request": "true"})
    staff_client.head(address)
    assert logged() == [(message, str(find()))] * 2


def test_order_page_is_no_look_at_its_bodies(staff_client: Client, vendor: Client) -> None:
    order = make_canaries(vendor)
    page = staff_client.get(order.get_absolute_url()).content.decode()
    assert "giftMessage" not in page
    assert logged() == []


def test_admin_shows_no_body(staff_client: Client, vendor: Client) -> None:
    make_canaries(vendor)
    for event in WebhookEvent.objects.all():
        address = f"/admin/printora_integration/webhookevent/{event.pk}/change/"
        assert CANARY not in staff_client.get(address).content.decode().lower()
    assert logged() == []


def test_actions_on_an_order_are_recorded(staff_client: Client, vendor: Client) -> None:
    order = make_canaries(vendor)
    order.flag("Look at me.")
    order.save()
    mail = Notification.objects.order_by("pk")[0]
    Notification.objects.update(state="sent", sent_at="2026-02-28T00:00Z")
    staff_client.post(f"/dashboard/flags/{order.pk}/seen/", {"shown": "9"})
    staff_client.post(f"/dashboard/flags/{order.pk}/seen/", {"shown": "9"})  # changes nothing
    staff_client.post(f"/dashboard/mails/{mail.pk}/send-again/", {"repeats": "0"})
    staff_client.post("/dashboard/reconciliation/")
    assert [message for message, _pk in logged()] == [
        "Marked its flags as seen.",
        "Sent it again.",
        "Requested a comparison of all orders.",
    ]
    assert Order.objects.get().flags_seen_by == "operator"
