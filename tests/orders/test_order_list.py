"""The list shows all orders, page by page, however many there are."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from orders.models import Order
from orders.pagination import PAGE_SIZE
from tests.helpers import ORDER, deliver, webhook
from tests.orders.order_rows import DASHBOARD, listed, make_orders

pytestmark = pytest.mark.django_db


def test_empty_dashboard_says_so(staff_client: Client) -> None:
    assert "No orders yet" in staff_client.get(DASHBOARD).content.decode()


@pytest.mark.parametrize("count", [1, 60])
def test_list_takes_6_queries_whatever_the_number_of_orders(
    staff_client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_orders(count)
    with django_assert_max_num_queries(6):
        response = staff_client.get(DASHBOARD)
    assert len(listed(response)) == min(count, PAGE_SIZE)


def test_list_shows_the_newest_first_with_the_picture_it_came_from(staff_client: Client) -> None:
    make_orders(3)
    response = staff_client.get(DASHBOARD)
    assert listed(response) == ["ord_002", "ord_001", "ord_000"]
    page = response.content.decode()
    assert [word for word in ("PR-002", "Dune", "2.00 USD") if word not in page] == []


def test_order_of_another_shop_is_listed_too(staff_client: Client, vendor: Client) -> None:
    deliver(vendor, webhook(session="sess_never_seen"))
    assert listed(staff_client.get(DASHBOARD)) == [ORDER]


def test_pages_lead_back_and_forth_without_a_gap(staff_client: Client) -> None:
    make_orders(2 * PAGE_SIZE + 5)
    everything = [f"ord_{number:03}" for number in reversed(range(2 * PAGE_SIZE + 5))]
    first = staff_client.get(DASHBOARD)
    second = staff_client.get(DASHBOARD + first.context["page"].next_url)
    third = staff_client.get(DASHBOARD + second.context["page"].next_url)
    assert listed(first) + listed(second) + listed(third) == everything
    assert first.context["page"].previous_url == ""
    assert third.context["page"].next_url == ""
    back = staff_client.get(DASHBOARD + third.context["page"].previous_url)
    assert listed(back) == listed(second)
    start = staff_client.get(DASHBOARD + back.context["page"].previous_url)
    assert listed(start) == listed(first)
    assert start.context["page"].previous_url == ""


def test_order_that_comes_in_meanwhile_does_not_shift_the_next_page(staff_client: Client) -> None:
    make_orders(PAGE_SIZE + 1)
    next_url = staff_client.get(DASHBOARD).context["page"].next_url
    Order.objects.create(session_id="sess_new", order_id="ord_new")
    assert listed(staff_client.get(DASHBOARD + next_url)) == ["ord_000"]


def test_next_page_keeps_the_filter(staff_client: Client) -> None:
    make_orders(6 * PAGE_SIZE + 6)
    first = staff_client.get(DASHBOARD, {"status": "paid"})
    second = staff_client.get(DASHBOARD + first.context["page"].next_url)
    assert (len(listed(first)), len(listed(second))) == (PAGE_SIZE, 1)


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 30, "1.5", "\x00"])
def test_key_that_makes_no_sense_is_ignored(staff_client: Client, key: str) -> None:
    make_orders(1)
    assert listed(staff_client.get(DASHBOARD, {"before": key})) == ["ord_000"]
