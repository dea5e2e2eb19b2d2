"""Staff manage creators in the studio: every change goes to Printora first."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Creator, MerchItem
from printora_integration.merch import MerchClient

pytestmark = pytest.mark.django_db


def test_visitor_without_an_account_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/studio/")["Location"] == "/accounts/login/?next=/studio/"


def test_visitor_with_an_account_is_refused(client: Client) -> None:
    client.force_login(User.objects.create_user("ada"))
    assert client.get("/studio/").status_code == 403


def test_creator_can_be_connected_with_printora(
    staff_client: Client, vendor_client: MerchClient
) -> None:
    Creator.objects.create(slug="ada", name="Ada Moreau")
    staff_client.post("/studio/ada/connect/")
    ada = Creator.objects.get(slug="ada")
    assert ada.is_selling
    assert vendor_client.creators.get(str(ada.printora_id)).name == "Ada Moreau"


def test_second_click_makes_no_second_creator(
    staff_client: Client, vendor_client: MerchClient
) -> None:
    Creator.objects.create(slug="ada", name="Ada Moreau")
    for _click in range(2):
        staff_client.post("/studio/ada/connect/")
    assert len(list(vendor_client.creators.iterate())) == 1


def test_new_creator_is_made_at_printora_and_here(
    staff_client: Client, vendor_client: MerchClient
) -> None:
    answers = {"name": "Zoë Ünal", "email": "zoe@example.com", "description": "Lines."}
    response = staff_client.post("/studio/new-creator/", answers)
    made = Creator.objects.get()
    assert response["Location"] == f"/studio/{made.slug}/"
    record = vendor_client.creators.get(str(made.printora_id))
    assert (record.name, record.email) == ("Zoë Ünal", "zoe@example.com")


def test_creator_can_be_changed(
    staff_client: Client, vendor_client: MerchClient, radu: Creator
) -> None:
    staff_client.post("/studio/radu/creator/", {"name": "Radu I.", "description": "Stars."})
    radu.refresh_from_db()
    assert (radu.name, radu.bio) == ("Radu I.", "Stars.")
    assert vendor_client.creators.get(str(radu.printora_id)).name == "Radu I."


def test_selling_can_be_stopped_and_started(
    client: Client, staff_client: Client, hoodie: MerchItem
) -> None:
    staff_client.post("/studio/radu/status/")
    assert "Totality hoodie" not in client.get("/creators/radu/").content.decode()
    staff_client.post("/studio/radu/status/", {"open": "1"})
    assert "Totality hoodie" in client.get("/creators/radu/").content.decode()


def test_refresh_reads_what_others_made(staff_client: Client, vendor_client: MerchClient) -> None:
    vendor_client.creators.create(name="Ada Moreau", slug="ada")
    staff_client.post("/studio/refresh/")
    assert Creator.objects.filter(slug="ada").exists()


def test_sales_come_from_printora(staff_client: Client, radu: Creator) -> None:
    page = staff_client.get("/studio/radu/sales/").content.decode()
    assert "No orders yet" in page


@pytest.mark.usefixtures("printora_is_down")
def test_sales_show_that_printora_is_down(staff_client: Client) -> None:
    page = staff_client.get("/studio/radu/sales/", headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert "Printora sent no sales" in page.content.decode()
