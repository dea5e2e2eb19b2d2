"""Creators' merch: mirrored from Printora, shown on the shelf, sold in flows B and C."""

import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from gallery.merch.choice import choose
from gallery.merch.clients import looking_client, starting_client
from gallery.merch.mirror import artwork_at, refresh_all, refresh_creators
from gallery.merch.mirror import refresh_merch as refresh_merch_of
from gallery.models import Creator, MerchItem
from gallery.tasks import refresh_merch
from printora_integration.merch import MerchClient, get_background_client
from printora_integration.merch.schemas import Merch
from printora_integration.models import PrintSession
from tests.gallery.conftest import HangPictures
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db


def chosen(item: MerchItem, **other: str) -> dict[str, str]:
    variant = item.variants[0]
    return {
        "color": variant.color,
        "size": variant.size,
        "quantity": "1",
        "price_shown": str(item.prices[-1]),
    } | other


# --- The mirror -------------------------------------------------------------------------------


def test_creator_that_we_know_by_slug_is_linked_not_doubled(radu: Creator) -> None:
    assert Creator.objects.count() == 1
    assert (radu.sells, radu.bio) == (True, "Looks up.")


def test_creator_that_only_printora_knows_is_made_here(vendor_client: MerchClient) -> None:
    vendor_client.creators.create(name="Ada Moreau", slug="ada", description="Waves.")
    refresh_all(vendor_client)
    assert Creator.objects.get(slug="ada").bio == "Waves."


def test_item_is_mirrored_with_what_the_pages_show(hoodie: MerchItem) -> None:
    assert (hoodie.title, hoodie.product_name) == ("Totality hoodie", "Pullover Hoodie")
    assert (hoodie.stock_limit, hoodie.stock_left, hoodie.is_sold_out) == (2, 2, False)
    assert {(each.color, each.size) for each in hoodie.variants} == {
        ("Black", "M"),
        ("Black", "L"),
        ("Navy", "M"),
    }
    assert hoodie.prices
    assert re.fullmatch(r"#[0-9A-F]{6}", hoodie.colours[0].color_code)


def test_item_that_printora_has_no_more_is_gone_here_too(
    vendor_client: MerchClient, radu: Creator, hoodie: MerchItem
) -> None:
    vendor_client.merch.delete(str(radu.printora_id), hoodie.printora_id)
    refresh_all(vendor_client)
    assert not MerchItem.objects.exists()


def test_creator_that_printora_has_no_more_keeps_their_page_without_a_shelf(
    client: Client, vendor_client: MerchClient, radu: Creator
) -> None:
    vendor_client.creators.delete(str(radu.printora_id))
    refresh_all(vendor_client)
    page = client.get("/creators/radu/")
    assert page.status_code == 200
    assert "On the shelf" not in page.content.decode()


def test_refresh_while_printora_is_down_keeps_what_we_have(
    process: SandboxProcess, hoodie: MerchItem, settings: Settings
) -> None:
    settings.PRINTORA_API_URL = "http://127.0.0.1:9"
    get_background_client.cache_clear()
    get_background_client().transport.deadline = 0.1
    refresh_merch()
    assert MerchItem.objects.filter(pk=hoodie.pk).exists()


def test_item_made_while_the_list_is_read_is_not_taken_for_gone(
    vendor_client: MerchClient, radu: Creator, monkeypatch: pytest.MonkeyPatch
) -> None:
    split_list = list(vendor_client.merch.iterate(str(radu.printora_id)))

    def meanwhile(_creator_id: str) -> Iterator[Merch]:
        MerchItem.objects.create(creator=radu, printora_id="made-just-now", title="New")
        return iter(split_list)

    monkeypatch.setattr(vendor_client.merch, "iterate", meanwhile)
    refresh_merch_of(radu, vendor_client)
    assert MerchItem.objects.filter(printora_id="made-just-now").exists()


def test_refresh_that_ran_out_of_time_begins_with_the_others_next_time(
    vendor_client: MerchClient, radu: Creator
) -> None:
    vendor_client.creators.create(name="Ada Moreau", slug="ada")
    refresh_creators(vendor_client)
    before = Creator.objects.get(slug="radu").refreshed_at
    refresh_all(vendor_client, budget=-1)
    assert Creator.objects.get(slug="ada").refreshed_at is None
    assert Creator.objects.get(slug="radu").refreshed_at == before
    refresh_all(vendor_client)
    assert Creator.objects.get(slug="ada").refreshed_at is not None


# --- The shelf --------------------------------------------------------------------------------


def test_creators_page_names_everyone_and_counts_the_shelf(client: Client, radu: Creator) -> None:
    Creator.objects.create(slug="ada", name="Ada Moreau")
    page = client.get("/creators/").content.decode()
    assert "Ada Moreau" in page
    assert "1 on the shelf" in page


def test_shelf_shows_price_stock_and_colours(client: Client, hoodie: MerchItem) -> None:
    page = client.get("/creators/radu/").content.decode()
    assert "Totality hoodie" in page
    assert "2 of 2 left" in page
    assert f"{hoodie.prices[0]:.2f}" in page


def test_whole_shelf_is_flow_b(client: Client, radu: Creator, process: SandboxProcess) -> None:
    response = client.post("/creators/radu/shop/")
    assert response.status_code == 303
    assert response["Location"].startswith(process.url)
    session = PrintSession.objects.get()
    assert (session.mode, session.creator_id) == ("creator", radu.printora_id)


def test_shelf_of_a_creator_who_sells_nothing_leads_back_to_their_page(client: Client) -> None:
    Creator.objects.create(slug="ada", name="Ada Moreau")
    response = client.post("/creators/ada/shop/")
    assert (response.status_code, response["Location"]) == (302, "/creators/ada/")


# --- One item ---------------------------------------------------------------------------------


def test_item_page_offers_colours_sizes_and_what_is_left(client: Client, hoodie: MerchItem) -> None:
    page = client.get(hoodie.get_absolute_url()).content.decode()
    assert 'value="Black"' in page
    assert 'value="Navy"' in page
    assert 'max="2"' in page


def test_chosen_item_is_flow_c(client: Client, hoodie: MerchItem) -> None:
    response = client.post(f"{hoodie.get_absolute_url()}print/", chosen(hoodie, quantity="2"))
    assert response.status_code == 303
    session = PrintSession.objects.get()
    assert (session.mode, session.merch_id, session.quantity) == ("merch", hoodie.printora_id, 2)
    assert session.variant_id == hoodie.variants[0].id


def test_second_click_is_the_same_session(client: Client, hoodie: MerchItem) -> None:
    address = f"{hoodie.get_absolute_url()}print/"
    places = {client.post(address, chosen(hoodie))["Location"] for _click in range(2)}
    assert (len(places), PrintSession.objects.count()) == (1, 1)


def test_more_than_are_left_is_said_and_not_sent(client: Client, hoodie: MerchItem) -> None:
    response = client.post(f"{hoodie.get_absolute_url()}print/", chosen(hoodie, quantity="3"))
    assert response.status_code == 409
    assert "Only 2 are left" in response.content.decode()
    assert not PrintSession.objects.exists()


def test_price_that_rose_is_said_before_the_visitor_leaves(
    client: Client, hoodie: MerchItem
) -> None:
    posted = chosen(hoodie, price_shown="1.00")
    response = client.post(f"{hoodie.get_absolute_url()}print/", posted)
    assert response.status_code == 409
    assert "The price has changed" in response.content.decode()


def test_item_that_sold_out_since_the_page_was_loaded_is_said(
    client: Client, vendor_client: MerchClient, radu: Creator, hoodie: MerchItem
) -> None:
    vendor_client.merch.update(str(radu.printora_id), hoodie.printora_id, stock_limit=0)
    response = client.post(f"{hoodie.get_absolute_url()}print/", chosen(hoodie))
    assert response.status_code == 409
    assert "sold out" in response.content.decode()


def test_item_that_is_gone_is_said(
    client: Client, vendor_client: MerchClient, radu: Creator, hoodie: MerchItem
) -> None:
    vendor_client.merch.delete(str(radu.printora_id), hoodie.printora_id)
    response = client.post(f"{hoodie.get_absolute_url()}print/", chosen(hoodie))
    assert response.status_code == 410
    assert "no longer sold" in response.content.decode()


def test_archived_item_has_no_page(
    client: Client, vendor_client: MerchClient, radu: Creator, hoodie: MerchItem
) -> None:
    vendor_client.merch.update(str(radu.printora_id), hoodie.printora_id, status="archived")
    refresh_all(vendor_client)
    assert client.get(hoodie.get_absolute_url()).status_code == 404


def test_printora_down_is_an_apology_that_keeps_the_choice(
    client: Client, hoodie: MerchItem, settings: Settings
) -> None:
    settings.PRINTORA_API_URL = "http://127.0.0.1:9"
    for client_for in (looking_client, starting_client):
        client_for().close()
        client_for.cache_clear()
        client_for().transport.deadline = 0.1
    response = client.post(f"{hoodie.get_absolute_url()}print/", chosen(hoodie, quantity="2"))
    page = response.content.decode()
    assert response.status_code == 503
    assert 'name="quantity" value="2"' in page
    assert "cannot order twice" in page


@pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "101", "", "9" * 50])
def test_quantity_that_is_none_is_refused(hoodie: MerchItem, quantity: str) -> None:
    assert "Choose a quantity" in choose(hoodie, chosen(hoodie, quantity=quantity)).problem


def test_colour_and_size_that_do_not_go_together_are_refused(hoodie: MerchItem) -> None:
    assert "go together" in choose(hoodie, chosen(hoodie, color="Navy", size="L")).problem


# --- The demo's ---------------------------------------------------------------------------------


def test_seeded_merch_is_made_once(vendor_client: MerchClient) -> None:
    call_command("seed", verbosity=0)
    call_command("seed_merch")
    made = MerchItem.objects.count()
    call_command("seed_merch")
    assert (made, MerchItem.objects.count()) == (8, 8)
    assert sum(1 for _creator in vendor_client.creators.iterate()) == 4


# --- On the wall --------------------------------------------------------------------------------


def test_picture_that_is_on_the_shelf_says_so(
    client: Client, vendor_client: MerchClient, radu: Creator, hang: HangPictures
) -> None:
    shown, _other = hang(2)
    vendor_client.merch.create(
        str(radu.printora_id),
        title="Picture mug",
        product_id="mug",
        variant_ids=["mug-white-11oz"],
        design_image_url=shown.master_url,
    )
    refresh_all(vendor_client)
    assert client.get("/").content.decode().count("tile__merch") == 1
    item = MerchItem.objects.get(title="Picture mug")
    assert f'href="{item.get_absolute_url()}"' in client.get(f"/art/{shown.slug}/").content.decode()


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("http://localhost:8000/static/art/picture-0.jpg", "picture-0"),
        ("http://localhost:8000/static/art/picture-0.4f2a9c01d2e3.jpg", "picture-0"),
        ("http://localhost:8000/static/art/picture-9.jpg", None),
        ("https://example.com/static/art/picture-0.jpg", None),
        ("", None),
    ],
)
def test_our_own_pictures_are_known_by_their_address(
    hang: HangPictures, url: str, slug: str | None
) -> None:
    hang(1)
    artwork = artwork_at(url)
    assert (artwork and artwork.slug) == slug
