"""A flag is open until staff have seen it, and a new one is open again."""

import pytest
from django.db import connection
from django.test import Client

from orders.merging import ANOTHER_ORDER, CANCELLED_AND_DELIVERED
from orders.models import Order

pytestmark = pytest.mark.django_db


def flagged(*reasons: str) -> Order:
    return Order.objects.create(session_id="s1", order_id="ord_1", flags=list(reasons))


def mark_seen(client: Client, order: Order, *, shown: object) -> None:
    response = client.post(f"/dashboard/flags/{order.pk}/seen/", {"shown": shown})
    assert response.status_code == 302
    assert response.headers["Location"] == order.get_absolute_url()


def test_open_flag_shows_on_the_orders_page_with_its_reason(staff_client: Client) -> None:
    page = staff_client.get(flagged(ANOTHER_ORDER).get_absolute_url()).content.decode()
    assert "Please review this order" in page
    assert ANOTHER_ORDER in page
    assert "Mark as seen" in page


def test_marking_says_who_and_when_and_keeps_the_reason(staff_client: Client) -> None:
    order = flagged(ANOTHER_ORDER)
    mark_seen(staff_client, order, shown=1)
    order.refresh_from_db()
    assert (order.open_flags, order.flags_seen_by) == ([], "operator")
    assert order.flags_seen_at is not None
    page = staff_client.get(order.get_absolute_url()).content.decode()
    assert "Please review this order" not in page
    assert "seen by operator" in page
    assert ANOTHER_ORDER in page


def test_flag_raised_after_the_page_was_shown_stays_open(staff_client: Client) -> None:
    order = flagged(ANOTHER_ORDER, CANCELLED_AND_DELIVERED)
    mark_seen(staff_client, order, shown=1)
    order.refresh_from_db()
    assert order.open_flags == [CANCELLED_AND_DELIVERED]


def test_new_flag_after_marking_asks_again(staff_client: Client) -> None:
    order = flagged(ANOTHER_ORDER)
    mark_seen(staff_client, order, shown=1)
    order.refresh_from_db()
    assert not Order.objects.with_open_flags().exists()
    order.flag(CANCELLED_AND_DELIVERED)
    order.save()
    assert Order.objects.with_open_flags().get().open_flags == [CANCELLED_AND_DELIVERED]


def test_same_flag_again_does_not_ask_again() -> None:
    order = flagged(ANOTHER_ORDER)
    assert order.mark_flags_seen(by="operator")
    order.flag(ANOTHER_ORDER)
    assert order.open_flags == []


def test_second_mark_changes_nobodys_name() -> None:
    order = flagged(ANOTHER_ORDER)
    assert order.mark_flags_seen(by="first")
    assert not order.mark_flags_seen(by="second")
    assert order.flags_seen_by == "first"


@pytest.mark.parametrize("shown", ["", "x", "-1", "9" * 30, "0"])
def test_odd_count_marks_nothing(staff_client: Client, shown: str) -> None:
    order = flagged(ANOTHER_ORDER)
    mark_seen(staff_client, order, shown=shown)
    assert Order.objects.with_open_flags().exists()


def test_flagged_orders_are_found_by_an_index() -> None:
    plan = Order.objects.with_open_flags().order_by("-pk").explain()
    if (
        connection.vendor == "postgresql"
    ):  # it reads a table of one page whole unless it is set not to
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Order.objects.with_open_flags().order_by("-pk").explain()
    assert "order_with_open_flags" in plan


def test_admin_lists_the_flagged_and_marks_them_as_seen(staff_client: Client) -> None:
    order = flagged(ANOTHER_ORDER)
    Order.objects.create(session_id="s2", order_id="calm")
    found = staff_client.get("/admin/orders/order/?flags=open").content.decode()
    assert "ord_1" in found
    assert "calm" not in found
    action = {"action": "mark_seen", "_selected_action": [order.pk]}
    staff_client.post("/admin/orders/order/", action)
    assert not Order.objects.with_open_flags().exists()
