"""The page of one merch item, and its sale (flow C)."""

import pytest
from django.test import Client
from pytest_django import Settings

from gallery.merch.choice import read_choice
from gallery.merch.clients import get_item_client, get_session_client
from gallery.merch.sync import sync_all
from gallery.models import Creator, MerchItem
from printora_integration.merch import MerchClient
from printora_integration.models import PrintSession

pytestmark = pytest.mark.django_db


def form_values(item: MerchItem, **other: str) -> dict[str, str]:
    variant = item.variants[0]
    return {
        "color": variant.color,
        "size": variant.size,
        "quantity": "1",
        "price_shown": str(item.prices[-1]),
    } | other


def test_item_page_offers_colours_sizes_and_what_is_left(client: Client, hoodie: MerchItem) -> None:
    page = client.get(hoodie.get_absolute_url()).content.decode()
    assert 'value="Black"' in page
    assert 'value="Navy"' in page
    assert 'max="2"' in page


def test_chosen_item_is_flow_c(client: Client, hoodie: MerchItem) -> None:
    response = client.post(f"{hoodie.get_absolute_url()}print/", form_values(hoodie, quantity="2"))
    assert response.status_code == 303
    session = PrintSession.objects.get()
    assert (session.mode, session.merch_id, session.quantity) == ("merch", hoodie.printora_id, 2)
    assert session.variant_id == hoodie.variants[0].id


def test_second_click_is_the_same_session(client: Client, hoodie: MerchItem) -> None:
    address = f"{hoodie.get_absolute_url()}print/"
    places = {client.post(address, form_values(hoodie))["Location"] for _click in range(2)}
    assert (len(places), PrintSession.objects.count()) == (1, 1)


def test_more_than_are_left_is_refused_and_not_sent(client: Client, hoodie: MerchItem) -> None:
    response = client.post(f"{hoodie.get_absolute_url()}print/", form_values(hoodie, quantity="3"))
    assert response.status_code == 409
    assert "Only 2 are left" in response.content.decode()
    assert not PrintSession.objects.exists()


def test_price_that_rose_is_shown_before_the_visitor_leaves(
    client: Client, hoodie: MerchItem
) -> None:
    posted = form_values(hoodie, price_shown="1.00")
    response = client.post(f"{hoodie.get_absolute_url()}print/", posted)
    assert response.status_code == 409
    assert "The price has changed" in response.content.decode()


def test_item_that_sold_out_since_the_page_was_loaded_is_shown_as_such(
    client: Client, vendor_client: MerchClient, radu: Creator, hoodie: MerchItem
) -> None:
    vendor_client.merch.update(str(radu.printora_id), hoodie.printora_id, stock_limit=0)
    response = client.post(f"{hoodie.get_absolute_url()}print/", form_values(hoodie))
    assert response.status_code == 409
    assert "sold out" in response.content.decode()


def test_item_that_printora_deleted_is_gone(
    client: Client, vendor_client: MerchClient, radu: Creator, hoodie: MerchItem
) -> None:
    vendor_client.merch.delete(str(radu.printora_id), hoodie.printora_id)
    response = client.post(f"{hoodie.get_absolute_url()}print/", form_values(hoodie))
    assert response.status_code == 410
    assert "no longer sold" in response.content.decode()


def test_archived_item_has_no_page(
    client: Client, vendor_client: MerchClient, radu: Creator, hoodie: MerchItem
) -> None:
    vendor_client.merch.update(str(radu.printora_id), hoodie.printora_id, status="archived")
    sync_all(vendor_client)
    assert client.get(hoodie.get_absolute_url()).status_code == 404


def test_failed_page_keeps_the_choice(
    client: Client, hoodie: MerchItem, settings: Settings
) -> None:
    settings.PRINTORA_API_URL = "http://127.0.0.1:9"
    for get_client in (get_item_client, get_session_client):
        get_client().close()
        get_client.cache_clear()
        get_client().transport.deadline = 0.1
    response = client.post(f"{hoodie.get_absolute_url()}print/", form_values(hoodie, quantity="2"))
    page = response.content.decode()
    assert response.status_code == 503
    assert 'name="quantity" value="2"' in page
    assert "cannot order twice" in page


@pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "101", "", "9" * 50])
def test_invalid_quantity_is_refused(hoodie: MerchItem, quantity: str) -> None:
    assert (
        "Choose a quantity" in read_choice(hoodie, form_values(hoodie, quantity=quantity)).problem
    )


def test_colour_and_size_that_do_not_go_together_are_refused(hoodie: MerchItem) -> None:
    assert "go together" in read_choice(hoodie, form_values(hoodie, color="Navy", size="L")).problem
