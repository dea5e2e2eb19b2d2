"""The pages of creators: their merch and pictures, and all merch at Printora (flow B)."""

import pytest
from django.test import Client

from gallery.merch.sync import sync_all
from gallery.models import Creator, MerchItem
from printora_integration.merch import MerchClient
from printora_integration.models import PrintSession
from tests.gallery.conftest import MakeArtworks
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db


def test_creators_page_names_everyone_and_counts_the_merch(client: Client, radu: Creator) -> None:
    Creator.objects.create(slug="ada", name="Ada Moreau")
    page = client.get("/creators/").content.decode()
    assert "Ada Moreau" in page
    assert "1 merch item" in page


def test_creator_page_shows_price_and_stock(client: Client, hoodie: MerchItem) -> None:
    page = client.get("/creators/radu/").content.decode()
    assert "Totality hoodie" in page
    assert "2 of 2 left" in page
    assert f"{hoodie.prices[0]:.2f}" in page


def test_all_merch_of_a_creator_is_flow_b(
    client: Client, radu: Creator, process: SandboxProcess
) -> None:
    response = client.post("/creators/radu/shop/")
    assert response.status_code == 303
    assert response["Location"].startswith(process.url)
    session = PrintSession.objects.get()
    assert (session.mode, session.creator_id) == ("creator", radu.printora_id)


def test_shop_of_a_creator_without_merch_leads_back_to_their_page(client: Client) -> None:
    Creator.objects.create(slug="ada", name="Ada Moreau")
    response = client.post("/creators/ada/shop/")
    assert (response.status_code, response["Location"]) == (302, "/creators/ada/")


def test_picture_with_merch_shows_it(
    client: Client, vendor_client: MerchClient, radu: Creator, make_artworks: MakeArtworks
) -> None:
    shown, _other = make_artworks(2)
    vendor_client.merch.create(
        str(radu.printora_id),
        title="Picture mug",
        product_id="mug",
        variant_ids=["mug-white-11oz"],
        design_image_url=shown.master_url,
    )
    sync_all(vendor_client)
    assert client.get("/").content.decode().count("tile__merch") == 1
    item = MerchItem.objects.get(title="Picture mug")
    assert f'href="{item.get_absolute_url()}"' in client.get(f"/art/{shown.slug}/").content.decode()
