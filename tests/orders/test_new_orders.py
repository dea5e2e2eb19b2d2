"""A list that is open shows how many orders have come in since."""

import pytest
from django.test import Client

from orders.models import Order
from tests.orders.order_rows import DASHBOARD, make_orders

pytestmark = pytest.mark.django_db


def test_new_orders_are_reported_once(staff_client: Client) -> None:
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
    assert staff_client.get("/dashboard/news/", ask | {"shown": 3}).status_code == 204


def test_more_than_99_new_orders_are_not_counted(staff_client: Client) -> None:
    make_orders(101)
    page = staff_client.get("/dashboard/news/").content.decode()
    assert "More than 99 new orders" in page


def test_new_orders_are_for_staff_only(client: Client) -> None:
    assert client.get("/dashboard/news/")["Location"].startswith("/accounts/login/")


def test_older_pages_do_not_ask_for_new_orders(staff_client: Client) -> None:
    make_orders(1)
    assert "/dashboard/news/" in staff_client.get(DASHBOARD).content.decode()
    page = staff_client.get(DASHBOARD, {"before": "99"}).content.decode()
    assert "/dashboard/news/" not in page
