"""Staff find every order, however many there are and whatever their ids look like."""

import html
import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from orders.filters import OrderFilter
from orders.json_text import indented
from orders.models import Order, Status
from orders.paging import PAGE_SIZE
from printora_integration.models import PrintSession, WebhookEvent
from printora_integration.schemas.webhooks import EventType
from tests.helpers import ORDER, SESSION, deliver, encoded, webhook
from tests.orders.stories import FULL, payload

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db

DASHBOARD = "/dashboard/"
NOON = datetime(2026, 2, 27, 12, 0, tzinfo=UTC)


def make_orders(count: int) -> None:
    """Make orders of every status, each with the session and the event that it came from."""
    statuses = list(Status)
    for number in range(count):
        session_id = f"sess_{number:03}"
        Order.objects.create(
            session_id=session_id,
            order_id=f"ord_{number:03}",
            order_number=f"PR-{number:03}",
            status=statuses[number % len(statuses)],
            customer_email=f"customer{number:03}@example.com",
            total_amount=number,
            currency="USD",
            items=[{"product_name": "Mug"}],
        )
        PrintSession.objects.create(
            visitor=f"v{number}", reference="dune", title="Dune", session_id=session_id
        )


def split_list(response: "Response") -> list[str]:
    return [order.order_id for order in response.context["page"].object_list]


# --- Who may look ---------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [DASHBOARD, "/dashboard/orders/ord_000/"])
def test_anonymous_is_sent_to_sign_in(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("address", [DASHBOARD, "/dashboard/orders/ord_000/"])
def test_user_who_is_not_staff_is_refused(client: Client, address: str) -> None:
    make_orders(1)
    client.force_login(User.objects.create_user("visitor"))
    response = client.get(address, follow=True)
    assert response.status_code == 403
    assert "PR-000" not in response.content.decode()


def test_user_who_is_refused_can_sign_in_as_somebody_else(client: Client) -> None:
    client.force_login(User.objects.create_user("visitor"))
    User.objects.create_user("operator", password="secret", is_staff=True)
    assert 'href="/accounts/login/"' in client.get(DASHBOARD).content.decode()
    page = client.get("/accounts/login/")
    assert "You are signed in as visitor." in page.content.decode()
    answer = client.post("/accounts/login/", {"username": "operator", "password": "secret"})
    assert answer["Location"] == DASHBOARD
    assert client.get(DASHBOARD).status_code == 200


@pytest.mark.parametrize("address", [DASHBOARD, "/dashboard/orders/ord_000/"])
def test_pages_are_only_read_and_never_cached(staff_client: Client, address: str) -> None:
    make_orders(1)
    assert "no-store" in staff_client.get(address)["Cache-Control"]
    assert staff_client.post(address).status_code == 405


# --- The list -------------------------------------------------------------------------------------


def test_empty_dashboard_says_so(staff_client: Client) -> None:
    assert "No orders yet" in staff_client.get(DASHBOARD).content.decode()


@pytest.mark.parametrize("count", [1, 60])
def test_list_takes_6_queries_whatever_the_number_of_orders(
    staff_client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_orders(count)
    with django_assert_max_num_queries(6):
        response = staff_client.get(DASHBOARD)
    assert len(split_list(response)) == min(count, PAGE_SIZE)


def test_list_shows_the_newest_first_with_the_picture_it_came_from(staff_client: Client) -> None:
    make_orders(3)
    response = staff_client.get(DASHBOARD)
    assert split_list(response) == ["ord_002", "ord_001", "ord_000"]
    page = response.content.decode()
    assert [word for word in ("PR-002", "Dune", "2.00 USD") if word not in page] == []


def test_order_of_another_shop_is_listed_too(staff_client: Client, vendor: Client) -> None:
    deliver(vendor, webhook(session="sess_never_seen"))
    assert split_list(staff_client.get(DASHBOARD)) == [ORDER]


def test_pages_lead_back_and_forth_without_a_gap(staff_client: Client) -> None:
    make_orders(2 * PAGE_SIZE + 5)
    everything = [f"ord_{number:03}" for number in reversed(range(2 * PAGE_SIZE + 5))]
    first = staff_client.get(DASHBOARD)
    second = staff_client.get(DASHBOARD + first.context["page"].next_url)
    third = staff_client.get(DASHBOARD + second.context["page"].next_url)
    assert split_list(first) + split_list(second) + split_list(third) == everything
    assert first.context["page"].previous_url == ""
    assert third.context["page"].next_url == ""
    back = staff_client.get(DASHBOARD + third.context["page"].previous_url)
    assert split_list(back) == split_list(second)
    start = staff_client.get(DASHBOARD + back.context["page"].previous_url)
    assert split_list(start) == split_list(first)
    assert start.context["page"].previous_url == ""


def test_order_that_comes_in_meanwhile_does_not_shift_the_next_page(staff_client: Client) -> None:
    make_orders(PAGE_SIZE + 1)
    next_url = staff_client.get(DASHBOARD).context["page"].next_url
    Order.objects.create(session_id="sess_new", order_id="ord_new")
    assert split_list(staff_client.get(DASHBOARD + next_url)) == ["ord_000"]


def test_next_page_keeps_the_filter(staff_client: Client) -> None:
    make_orders(6 * PAGE_SIZE + 6)
    first = staff_client.get(DASHBOARD, {"status": "paid"})
    second = staff_client.get(DASHBOARD + first.context["page"].next_url)
    assert (len(split_list(first)), len(split_list(second))) == (PAGE_SIZE, 1)


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 30, "1.5", "\x00"])
def test_key_that_makes_no_sense_is_ignored(staff_client: Client, key: str) -> None:
    make_orders(1)
    assert split_list(staff_client.get(DASHBOARD, {"before": key})) == ["ord_000"]


@pytest.mark.parametrize(
    "words",
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
    staff_client: Client, words: str
) -> None:
    make_orders(12)
    assert split_list(staff_client.get(DASHBOARD, {"q": words})) == ["ord_007"]


@pytest.mark.parametrize("words", ["Grace@Ex", "grace@ex", "GRACE@EX", "Order-a", "ORDER-A"])
def test_search_finds_what_is_written_in_mixed_case(staff_client: Client, words: str) -> None:
    Order.objects.create(
        session_id="s1", order_id="o1", order_number="Order-A", customer_email="Grace@Example.com"
    )
    assert split_list(staff_client.get(DASHBOARD, {"q": words})) == ["o1"]


def test_search_on_postgresql_reads_indexes_only(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's LIKE reads the table; it holds a demo")
    orders = OrderFilter({"q": "PR-007"}, queryset=Order.objects.order_by()).qs
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # the table is too small to need an index
    assert "Seq Scan" not in orders.explain()
    assert orders.explain().count("Bitmap Index Scan") == 4


@pytest.mark.parametrize("words", ["007", "%", "_", "' OR 1=1 --", "Mug", "x" * 5000])
def test_search_takes_words_literally(staff_client: Client, words: str) -> None:
    make_orders(12)
    response = staff_client.get(DASHBOARD, {"q": words})
    assert (response.status_code, split_list(response)) == (200, [])
    assert "No order matches" in response.content.decode()


def test_search_with_a_nul_is_survived(staff_client: Client) -> None:
    make_orders(1)
    assert staff_client.get(DASHBOARD, {"q": "\x00"}).status_code == 200


@pytest.mark.parametrize("status", list(Status))
def test_status_filters(staff_client: Client, status: Status) -> None:
    make_orders(12)
    found = split_list(staff_client.get(DASHBOARD, {"status": status}))
    expected = Order.objects.filter(status=status).values_list("order_id", flat=True)
    assert found == list(expected)
    assert len(found) == 2


def test_unknown_status_is_survived(staff_client: Client) -> None:
    assert staff_client.get(DASHBOARD, {"status": "lost"}).status_code == 200


def test_figures_count_30_days_but_queues_hold_orders_of_any_age(staff_client: Client) -> None:
    for number, (status, currency) in enumerate(
        [("paid", "USD"), ("shipped", "USD"), ("delivered", "EUR"), ("pending", "USD"),
         ("cancelled", "USD")]
    ):  # fmt: skip
        Order.objects.create(
            session_id=str(number),
            order_id=str(number),
            status=status,
            total_amount=10 + number,
            currency=currency,
        )
    old = Order.objects.create(
        session_id="old", order_id="old", status="paid", total_amount=99, currency="USD"
    )
    Order.objects.filter(pk=old.pk).update(first_seen_at=timezone.now() - timedelta(days=31))
    figures = {
        figure.label: figure.value
        for figure in staff_client.get(DASHBOARD).context["month"].figures
    }
    assert figures == {
        "Orders": 5,
        "To ship": 2,
        "On the way": 1,
        "Revenue": "12.00 EUR + 21.00 USD",
    }


def test_figures_are_counted_anew_after_ten_seconds(staff_client: Client) -> None:
    def orders() -> int:
        return int(staff_client.get(DASHBOARD).context["month"].figures[0].value)

    with time_machine.travel(NOON, tick=False) as clock:
        make_orders(1)
        assert orders() == 1
        Order.objects.create(session_id="sess_new", order_id="ord_new")
        clock.shift(timedelta(seconds=9))
        assert orders() == 1
        clock.shift(timedelta(seconds=2))
        assert orders() == 2


# --- One order ------------------------------------------------------------------------------------


def test_order_page_shows_its_way_and_its_events(
    staff_client: Client, vendor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for event in (EventType.CREATED, EventType.PAID, EventType.SHIPPED):
        deliver(vendor, payload(event, FULL[event], session=SESSION))
    deliver(vendor, payload(EventType.SHIPPED, FULL[EventType.SHIPPED], session=SESSION))
    with django_assert_max_num_queries(8):
        response = staff_client.get(Order.objects.get().get_absolute_url())
    page = response.content.decode()
    told = ["order.created", "order.paid", "order.shipped", "delivered 2 times", "Grace Hopper"]
    told += ["1 Compiler Way", "27.50 USD", "12.59 USD", "1Z999", "https://www.ups.com/track?1Z999"]
    assert [word for word in told if word not in page] == []
    assert [step["state"] for step in response.context["order"].steps][3] == "current"


def test_order_page_shows_each_payload_as_it_came(staff_client: Client, vendor: Client) -> None:
    sent = payload(EventType.PAID, FULL[EventType.PAID] | {"giftWrap": "José"})
    deliver(vendor, sent)
    [event] = staff_client.get(f"/dashboard/orders/{ORDER}/").context["events"]
    assert json.loads(html.unescape(re.sub("<.*?>", "", event.payload_pretty))) == sent


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            '{"price":20.10,"n":1e2,"big":12345678901234567890.0}',
            '{\n  "price": 20.10,\n  "n": 1e2,\n  "big": 12345678901234567890.0\n}',
        ),
        ('{ "a" : [1,\r\n 2], "b":{} , "c":[] }',
         '{\n  "a": [\n    1,\n    2\n  ],\n  "b": {},\n  "c": []\n}'),
        (r'{"a":"{[,:]}\\","b":"\"x\" ,","c":"\ud800\u00e9é","d":[true,null]}',
         ('{\n' r'  "a": "{[,:]}\\",' '\n' r'  "b": "\"x\" ,",' '\n' r'  "c": "\ud800\u00e9é",' '\n'
          '  "d": [\n    true,\n    null\n  ]\n}')),
    ],
)  # fmt: skip
def test_payload_is_laid_out_and_otherwise_as_it_came(body: str, shown: str) -> None:
    assert indented(body) == shown
    assert json.loads(shown) == json.loads(body)


def test_order_page_shows_an_amount_to_the_last_digit_sent(
    staff_client: Client, vendor: Client
) -> None:
    body = encoded(webhook("order.paid", {"totalAmount": 20.1}))
    deliver(vendor, body.replace(b"20.1", b"20.10"))
    page = staff_client.get(f"/dashboard/orders/{ORDER}/").content.decode()
    assert '&quot;totalAmount&quot;</span>: <span class="json-number">20.10</span>\n' in page


def test_order_page_shows_a_flag_to_a_person(staff_client: Client, vendor: Client) -> None:
    deliver(vendor, webhook("order.created"))
    deliver(vendor, webhook("order.paid", {"orderId": "another"}))
    page = staff_client.get(f"/dashboard/orders/{ORDER}/").content.decode()
    assert "names a second order" in page


def test_order_page_survives_text_that_is_no_text(staff_client: Client, vendor: Client) -> None:
    body = encoded(webhook("order.paid", {"customer": {"firstName": "?"}}))
    deliver(vendor, body.replace(b'"?"', rb'"\ud800\u0000"'))
    assert staff_client.get(f"/dashboard/orders/{ORDER}/").status_code == 200


def test_order_page_escapes_what_the_customer_wrote(staff_client: Client, vendor: Client) -> None:
    attack = "</pre><script>alert(1)</script>"
    deliver(vendor, webhook("order.paid", {"customer": {"firstName": attack}}))
    page = staff_client.get(f"/dashboard/orders/{ORDER}/").content.decode()
    assert attack not in page
    assert "&lt;script&gt;alert(1)" in page


def test_order_page_offers_no_address_that_runs_a_script(
    staff_client: Client, vendor: Client
) -> None:
    deliver(vendor, webhook("order.shipped", {"trackingUrl": "javascript:alert(1)"}))
    page = staff_client.get(f"/dashboard/orders/{ORDER}/").content.decode()
    assert 'href="javascript:' not in page


@pytest.mark.parametrize(
    "order_id",
    ["a/b", "a//b", "a/", "/", "a?b=c", "a#b", "a b", "50%", "%2F", "日本-ü😀", "o" * 128],
)
def test_order_with_an_odd_id_is_reached_from_the_list(
    staff_client: Client, vendor: Client, order_id: str
) -> None:
    deliver(vendor, webhook(data={"orderId": order_id}))
    page = staff_client.get(DASHBOARD).content.decode()
    [link] = re.findall(r'href="(/dashboard/orders/[^"]+)"', page)
    response = staff_client.get(link)
    assert (response.status_code, response.context["order"].order_id) == (200, order_id)


@pytest.mark.parametrize("order_id", ["ord_unknown", "%00", "o" * 200, "%ff", ".."])
def test_unknown_order_is_not_found(staff_client: Client, order_id: str) -> None:
    assert staff_client.get(f"/dashboard/orders/{order_id}/").status_code == 404


def test_order_whose_events_are_gone_is_still_shown(staff_client: Client, vendor: Client) -> None:
    deliver(vendor, webhook())
    WebhookEvent.objects.all().delete()
    page = staff_client.get(f"/dashboard/orders/{ORDER}/").content.decode()
    assert "No event of this order is kept" in page


# --- What the desk adds to the list ---------------------------------------------------------------


def test_chart_counts_each_of_14_days_and_says_so_in_a_table(staff_client: Client) -> None:
    make_orders(3)
    Order.objects.filter(order_id="ord_000").update(
        first_seen_at=timezone.now() - timedelta(days=13)
    )
    Order.objects.filter(order_id="ord_001").update(
        first_seen_at=timezone.now() - timedelta(days=14)
    )
    response = staff_client.get(DASHBOARD)
    days = response.context["month"].days
    assert [day.count for day in days] == [1, *[0] * 12, 1]
    heights = [bar.height for bar in response.context["bars"]]
    assert (heights[0], heights[1], heights[-1]) == (120, 0, 120)
    assert f"?since={days[0].date}&until={days[0].date}" in response.content.decode()


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
    views = staff_client.get(DASHBOARD, query).context["views"]
    assert [view.name for view in views if view.is_current] == [name]


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
    assert split_list(staff_client.get(DASHBOARD, {"flagged": "yes"})) == ["ord_001"]


def test_news_are_told_once(staff_client: Client) -> None:
    make_orders(2)
    newest = staff_client.get(DASHBOARD).context["newest"]
    ask = {"newest": newest, "status": "pending"}
    assert staff_client.get("/dashboard/news/", ask).status_code == 204
    for number in range(3):
        Order.objects.create(session_id=f"new_{number}", order_id=f"new_{number}")
    Order.objects.create(session_id="other", order_id="other", status="paid")
    page = staff_client.get("/dashboard/news/", ask).content.decode()
    assert "3 new orders" in page
    assert 'href="/dashboard/?status=pending"' in page
    assert staff_client.get("/dashboard/news/", ask | {"told": 3}).status_code == 204


def test_news_of_very_many_are_not_counted(staff_client: Client) -> None:
    make_orders(101)
    page = staff_client.get("/dashboard/news/").content.decode()
    assert "More than 99 new orders" in page


def test_strangers_hear_no_news(client: Client) -> None:
    assert client.get("/dashboard/news/")["Location"].startswith("/accounts/login/")


def test_older_pages_do_not_ask_for_news(staff_client: Client) -> None:
    make_orders(1)
    assert "/dashboard/news/" in staff_client.get(DASHBOARD).content.decode()
    page = staff_client.get(DASHBOARD, {"before": "99"}).content.decode()
    assert "/dashboard/news/" not in page
