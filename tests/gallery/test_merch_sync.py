"""Creators and merch are synced from Printora into our own copy."""

import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from gallery.merch.sync import find_artwork, sync_all, sync_creators, sync_merch
from gallery.models import Creator, MerchItem
from gallery.tasks import refresh_merch
from printora_integration.merch import MerchClient, get_background_merch_client
from printora_integration.merch.schemas import Merch
from tests.gallery.conftest import MakeArtworks
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db


def test_creator_that_we_know_by_slug_is_linked_not_doubled(radu: Creator) -> None:
    assert Creator.objects.count() == 1
    assert (radu.is_selling, radu.bio) == (True, "Looks up.")


def test_creator_that_only_printora_knows_is_made_here(vendor_client: MerchClient) -> None:
    vendor_client.creators.create(name="Ada Moreau", slug="ada", description="Waves.")
    sync_all(vendor_client)
    assert Creator.objects.get(slug="ada").bio == "Waves."


def test_item_is_synced_with_all_that_the_pages_show(hoodie: MerchItem) -> None:
    assert (hoodie.title, hoodie.product_name) == ("Totality hoodie", "Pullover Hoodie")
    assert (hoodie.stock_limit, hoodie.stock_left, hoodie.is_sold_out) == (2, 2, False)
    assert {(each.color, each.size) for each in hoodie.variants} == {
        ("Black", "M"),
        ("Black", "L"),
        ("Navy", "M"),
    }
    assert hoodie.prices
    assert re.fullmatch(r"#[0-9A-F]{6}", hoodie.colours[0].color_code)


def test_item_that_printora_no_longer_has_is_deleted_here_too(
    vendor_client: MerchClient, radu: Creator, hoodie: MerchItem
) -> None:
    vendor_client.merch.delete(str(radu.printora_id), hoodie.printora_id)
    sync_all(vendor_client)
    assert not MerchItem.objects.exists()


def test_creator_that_printora_no_longer_has_keeps_a_page_without_merch(
    client: Client, vendor_client: MerchClient, radu: Creator
) -> None:
    vendor_client.creators.delete(str(radu.printora_id))
    sync_all(vendor_client)
    page = client.get("/creators/radu/")
    assert page.status_code == 200
    assert "See all merch at Printora" not in page.content.decode()


def test_refresh_while_printora_is_down_keeps_what_we_have(
    process: SandboxProcess, hoodie: MerchItem, settings: Settings
) -> None:
    settings.PRINTORA_API_URL = "http://127.0.0.1:9"
    get_background_merch_client.cache_clear()
    get_background_merch_client().transport.deadline = 0.1
    refresh_merch()
    assert MerchItem.objects.filter(pk=hoodie.pk).exists()


def test_item_made_while_the_list_is_read_is_not_deleted(
    vendor_client: MerchClient, radu: Creator, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = list(vendor_client.merch.iterate(str(radu.printora_id)))

    def iterate_meanwhile(_creator_id: str) -> Iterator[Merch]:
        MerchItem.objects.create(creator=radu, printora_id="made-just-now", title="New")
        return iter(listed)

    monkeypatch.setattr(vendor_client.merch, "iterate", iterate_meanwhile)
    sync_merch(radu, vendor_client)
    assert MerchItem.objects.filter(printora_id="made-just-now").exists()


def test_sync_that_ran_out_of_time_begins_with_the_others_next_time(
    vendor_client: MerchClient, radu: Creator
) -> None:
    vendor_client.creators.create(name="Ada Moreau", slug="ada")
    sync_creators(vendor_client)
    before = Creator.objects.get(slug="radu").refreshed_at
    sync_all(vendor_client, budget=-1)
    assert Creator.objects.get(slug="ada").refreshed_at is None
    assert Creator.objects.get(slug="radu").refreshed_at == before
    sync_all(vendor_client)
    assert Creator.objects.get(slug="ada").refreshed_at is not None


def test_seeded_merch_is_made_once(vendor_client: MerchClient) -> None:
    call_command("seed", verbosity=0)
    call_command("seed_merch")
    made = MerchItem.objects.count()
    call_command("seed_merch")
    assert (made, MerchItem.objects.count()) == (8, 8)
    assert sum(1 for _creator in vendor_client.creators.iterate()) == 4


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
def test_our_own_pictures_are_found_by_their_address(
    make_artworks: MakeArtworks, url: str, slug: str | None
) -> None:
    make_artworks(1)
    artwork = find_artwork(url)
    assert (artwork and artwork.slug) == slug
