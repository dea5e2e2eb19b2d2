"""The page of an order shows its steps, its events and its customer."""

import html
import json
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from orders.models import Order
from printora_integration.models import WebhookEvent
from printora_integration.schemas.webhooks import EventType
from tests.helpers import ORDER, SESSION, deliver, encoded, webhook
from tests.orders.order_rows import DASHBOARD
from tests.orders.stories import FULL, payload

pytestmark = pytest.mark.django_db


def test_order_page_shows_its_steps_and_its_events(
    staff_client: Client, vendor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for event in (EventType.CREATED, EventType.PAID, EventType.SHIPPED):
        deliver(vendor, payload(event, FULL[event], session=SESSION))
    deliver(vendor, payload(EventType.SHIPPED, FULL[EventType.SHIPPED], session=SESSION))
    with django_assert_max_num_queries(8):
        response = staff_client.get(Order.objects.get().get_absolute_url())
    page = response.content.decode()
    expected = ["order.created", "order.paid", "order.shipped", "delivered 2 times", "Grace Hopper"]
    expected += [
        "1 Compiler Way",
        "27.50 USD",
        "12.59 USD",
        "1Z999",
        "https://www.ups.com/track?1Z999",
    ]
    assert [word for word in expected if word not in page] == []
    assert [step["state"] for step in response.context["order"].steps][3] == "current"


def body_behind_link(client: Client) -> str:
    """Return the body of the order's one event, as the order's page loads it when it is opened."""
    page = client.get(f"/dashboard/orders/{ORDER}/").content.decode()
    [link] = re.findall(r'hx-get="(/dashboard/events/\d+/)"', page)
    part = client.get(link, headers={"HX-Request": "true"}).content.decode()
    [body] = re.findall(r"<pre.*?>(.*?)</pre>", part, re.DOTALL)
    return str(body)


def test_order_page_shows_each_payload_as_it_came(staff_client: Client, vendor: Client) -> None:
    sent = payload(EventType.PAID, FULL[EventType.PAID] | {"giftWrap": "José"})
    deliver(vendor, sent)
    assert json.loads(html.unescape(re.sub("<.*?>", "", body_behind_link(staff_client)))) == sent


def test_order_page_shows_an_amount_to_the_last_digit_sent(
    staff_client: Client, vendor: Client
) -> None:
    body = encoded(webhook("order.paid", {"totalAmount": 20.1}))
    deliver(vendor, body.replace(b"20.1", b"20.10"))
    shown = body_behind_link(staff_client)
    assert '"totalAmount"</span>: <span class="mf">20.10</span>\n' in shown


def test_order_page_shows_an_open_flag(staff_client: Client, vendor: Client) -> None:
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
    assert "No event of this order is stored" in page
