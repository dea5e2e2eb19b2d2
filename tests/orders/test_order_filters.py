"""The list of orders can be searched and filtered."""

import pytest
from django.db import connection
from django.test import Client

from orders.dashboard.filters import OrderFilter
from orders.models import Order, Status
from tests.orders.order_rows import DASHBOARD, listed, make_orders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "PR-007",
        "pr-007",
        "ord_007",
        "sess_007",
        "customer007@",
        "CUSTOMER007@example.com",
        " PR-007 ",
    ],
)
def test_search_finds_an_order_by_the_beginning_of_what_names_it(
    staff_client: Client, text: str
) -> None:
    make_orders(12)
    assert listed(staff_client.get(DASHBOARD, {"q": text})) == ["ord_007"]


@pytest.mark.parametrize("text", ["Grace@Ex", "grace@ex", "GRACE@EX", "Order-a", "ORDER-A"])
def test_search_finds_what_is_written_in_mixed_case(staff_client: Client, text: str) -> None:
    Order.objects.create(
        session_id="s1", order_id="o1", order_number="Order-A", customer_email="Grace@Example.com"
    )
    assert listed(staff_client.get(DASHBOARD, {"q": text})) == ["o1"]


def test_search_on_postgresql_reads_indexes_only(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's LIKE reads the table; it holds a demo")
    orders = OrderFilter({"q": "PR-007"}, queryset=Order.objects.order_by()).qs
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # the table is too small to need an index
    assert "Seq Scan" not in orders.explain()
    assert orders.explain().count("Bitmap Index Scan") == 4


@pytest.mark.parametrize("text", ["007", "%", "_", "' OR 1=1 --", "Mug", "x" * 5000])
def test_search_takes_text_literally(staff_client: Client, text: str) -> None:
    make_orders(12)
    response = staff_client.get(DASHBOARD, {"q": text})
    assert (response.status_code, listed(response)) == (200, [])
    assert "No order matches" in response.content.decode()


def test_search_with_a_nul_is_survived(staff_client: Client) -> None:
    make_orders(1)
    assert staff_client.get(DASHBOARD, {"q": "\x00"}).status_code == 200


@pytest.mark.parametrize("status", list(Status))
def test_status_filters(staff_client: Client, status: Status) -> None:
    make_orders(12)
    found = listed(staff_client.get(DASHBOARD, {"status": status}))
    expected = Order.objects.filter(status=status).values_list("order_id", flat=True)
    assert found == list(expected)
    assert len(found) == 2


def test_unknown_status_is_survived(staff_client: Client) -> None:
    assert staff_client.get(DASHBOARD, {"status": "lost"}).status_code == 200


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("To ship", {"status": "to_ship"}),
        ("Flagged", {"flagged": "yes", "q": ""}),
        ("All", {"before": "9"}),
    ],
)
def test_saved_filter_is_marked_when_the_address_holds_it(
    staff_client: Client, name: str, query: dict[str, str]
) -> None:
    saved = staff_client.get(DASHBOARD, query).context["saved_filters"]
    assert [view.name for view in saved if view.is_current] == [name]


def test_to_ship_lists_what_is_paid_or_in_work(staff_client: Client) -> None:
    make_orders(12)
    response = staff_client.get(DASHBOARD, {"status": "to_ship"})
    assert {order.status for order in response.context["page"].object_list} == {
        "paid",
        "processing",
    }


def test_flagged_lists_what_nobody_has_seen(staff_client: Client) -> None:
    make_orders(3)
    Order.objects.filter(order_id="ord_001").update(flags=["odd"])
    Order.objects.filter(order_id="ord_002").update(flags=["odd"], flags_seen=["odd"])
    assert listed(staff_client.get(DASHBOARD, {"flagged": "yes"})) == ["ord_001"]
