"""Staff manage merch items in the studio: every change goes to Printora first."""

import re
import socket

import pytest
from django.test import Client
from pytest_django import Settings

from gallery.models import Creator, MerchItem
from printora_integration.exceptions import NotFoundError
from printora_integration.merch import MerchClient, get_merch_client
from printora_integration.merch.schemas import Merch
from tests.gallery.conftest import MakeArtworks
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db


def at_printora(client: MerchClient, item: MerchItem) -> Merch:
    return client.merch.get(str(item.creator.printora_id), item.printora_id)


def new_item(**other: object) -> dict[str, object]:
    return {
        "title": "Picture mug",
        "colours": ["White", "Black"],
        "sizes": ["11 oz"],
        "picture": "picture-0",
        "stock_limit": "5",
    } | other


def test_catalog_can_be_searched(staff_client: Client, radu: Creator) -> None:
    page = staff_client.get("/studio/radu/new/", {"q": "mug"}).content.decode()
    assert "Ceramic Mug" in page
    assert "Classic T-Shirt" not in page


def test_search_that_finds_nothing_is_shown_as_such(staff_client: Client, radu: Creator) -> None:
    assert "Nothing found" in staff_client.get("/studio/radu/new/?q=zeppelin").content.decode()


def test_new_item_is_made_with_the_chosen_variants_and_picture(
    staff_client: Client, vendor_client: MerchClient, radu: Creator, make_artworks: MakeArtworks
) -> None:
    make_artworks(1)
    response = staff_client.post("/studio/radu/new/?product=mug", new_item())
    item = MerchItem.objects.get(title="Picture mug")
    assert response["Location"] == f"/studio/radu/#item-{item.pk}"
    record = vendor_client.merch.get(str(radu.printora_id), item.printora_id)
    assert {each.color for each in record.variants or ()} == {"White", "Black"}
    assert record.stock_limit == 5
    assert record.design_image_url == "http://localhost:8000/static/art/picture-0.jpg"
    assert item.has_editor_link


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title": ""}, "This field is required"),
        ({"colours": []}, "Choose one colour at least"),
        ({"sizes": []}, "Choose one size at least"),
        ({"picture": "url", "picture_url": "mug.jpg"}, "Give a whole address"),
        ({"stock_limit": "-1"}, "greater than or equal to 0"),
    ],
)
def test_incomplete_item_is_not_sent(
    staff_client: Client,
    radu: Creator,
    make_artworks: MakeArtworks,
    wrong: dict[str, object],
    message: str,
) -> None:
    make_artworks(1)
    response = staff_client.post("/studio/radu/new/?product=mug", new_item(**wrong))
    assert response.status_code == 400
    assert message in response.content.decode()
    assert MerchItem.objects.count() == 1  # the hoodie


def test_form_to_edit_shows_the_item_as_it_is(staff_client: Client, hoodie: MerchItem) -> None:
    page = staff_client.get(f"/studio/radu/{hoodie.pk}/").content.decode()
    assert 'value="Totality hoodie"' in page
    assert re.search(r'name="stock_limit"\s+value="2"', page)


def test_item_can_be_changed(
    staff_client: Client, vendor_client: MerchClient, hoodie: MerchItem
) -> None:
    answers = {
        "title": "Eclipse hoodie",
        "colours": ["Black"],
        "sizes": ["M", "L"],
        "picture": "url",
        "picture_url": "https://example.com/eclipse.png",
        "stock_limit": "",
    }
    staff_client.post(f"/studio/radu/{hoodie.pk}/", answers)
    hoodie.refresh_from_db()
    assert (hoodie.title, hoodie.stock_limit) == ("Eclipse hoodie", None)
    assert hoodie.picture_url == "https://example.com/eclipse.png"
    assert at_printora(vendor_client, hoodie).title == "Eclipse hoodie"


@pytest.mark.parametrize(
    ("state", "status"),
    [("deactivate", "inactive"), ("archive", "archived"), ("activate", "active")],
)
def test_state_is_changed_at_printora(
    staff_client: Client,
    vendor_client: MerchClient,
    hoodie: MerchItem,
    state: str,
    status: str,
) -> None:
    staff_client.post(f"/studio/radu/{hoodie.pk}/state/", {"state": state})
    hoodie.refresh_from_db()
    assert hoodie.status == status
    assert at_printora(vendor_client, hoodie).status == status


def test_delete_asks_for_confirmation(staff_client: Client, hoodie: MerchItem) -> None:
    page = staff_client.get(f"/studio/radu/{hoodie.pk}/delete/").content.decode()
    assert "this cannot be undone" in page
    assert MerchItem.objects.filter(pk=hoodie.pk).exists()


def test_deleted_item_is_deleted_at_printora_too(
    staff_client: Client, vendor_client: MerchClient, hoodie: MerchItem
) -> None:
    staff_client.post(f"/studio/radu/{hoodie.pk}/delete/")
    assert not MerchItem.objects.filter(pk=hoodie.pk).exists()
    with pytest.raises(NotFoundError):
        at_printora(vendor_client, hoodie)


def test_editor_opens_once(
    staff_client: Client, process: SandboxProcess, hoodie: MerchItem
) -> None:
    staff_client.post(f"/studio/radu/{hoodie.pk}/link/")
    response = staff_client.post(f"/studio/radu/{hoodie.pk}/editor/")
    assert response.status_code == 303
    assert response["Location"].startswith(f"{process.url}/en/merch/")
    again = staff_client.post(f"/studio/radu/{hoodie.pk}/editor/", follow=True)
    assert "Request a new one" in again.content.decode()


def test_editor_at_an_unknown_host_is_not_opened(staff_client: Client, hoodie: MerchItem) -> None:
    hoodie.set_editor_link("https://evil.example/editor", None)
    response = staff_client.post(f"/studio/radu/{hoodie.pk}/editor/")
    assert "evil" not in response["Location"]


@pytest.mark.usefixtures("printora_is_down")
@pytest.mark.parametrize(
    ("address", "answers"),
    [
        ("state/", {"state": "archive"}),
        ("delete/", {}),
        ("link/", {}),
    ],
)
def test_failed_call_never_pretends_to_have_succeeded(
    staff_client: Client, hoodie: MerchItem, address: str, answers: dict[str, str]
) -> None:
    before = MerchItem.objects.values().get(pk=hoodie.pk)
    page = staff_client.post(f"/studio/radu/{hoodie.pk}/{address}", answers, follow=True)
    assert "nothing was changed" in page.content.decode()
    assert MerchItem.objects.values().get(pk=hoodie.pk) == before


def test_call_without_an_answer_is_reported_as_unknown(
    staff_client: Client, hoodie: MerchItem, settings: Settings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, and never answers
        settings.PRINTORA_API_URL = f"http://127.0.0.1:{silent.getsockname()[1]}"
        get_merch_client().close()
        get_merch_client.cache_clear()
        get_merch_client().transport.deadline = 0.2
        address = f"/studio/radu/{hoodie.pk}/state/"
        page = staff_client.post(address, {"state": "archive"}, follow=True).content.decode()
    assert "may have done it or not" in page
    assert "nothing was changed" not in page
