"""The dashboard is for staff only."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from tests.orders.order_rows import DASHBOARD, make_orders

pytestmark = pytest.mark.django_db


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
    operator = User.objects.create_user("operator", password="secret", is_staff=True)
    operator.user_permissions.add(Permission.objects.get(codename="view_order"))
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
