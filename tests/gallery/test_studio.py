"""Staff keep the shelves in the studio: every change is Printora's first."""

import re
import socket

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from gallery.models import Creator, MerchItem
from printora_integration.merch import MerchClient, get_client
from printora_integration.exceptions import NotFoundError
from tests.gallery.conftest import HangPictures
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_cached() -> None:
    cache.clear()


@pytest.fixture
def printora_is_down(settings: Settings, hoodie: MerchItem) -> None:
    settings.PRINTORA_API_URL = "http://127.0.0.1:9"
    get_client().close()
    get_client.cache_clear()
    get_client().transport.deadline = 0.1


def at_printora(client: MerchClient, item: MerchItem) -> object:
    return client.merch.get(str(item.creator.printora_id), item.printora_id)


# --- Who may ----------------------------------------------------------------------------------


def test_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/studio/")["Location"] == "/accounts/login/?next=/studio/"


def test_visitor_with_an_account_is_refused(client: Client) -> None:
    client.force_login(User.objects.create_user("ada"))
    assert client.get("/studio/").status_code == 403


# --- Creators ---------------------------------------------------------------------------------


def test_creator_can_be_made_known_at_printora(
    staff_client: Client, vendor_client: MerchClient
) -> None:
    Creator.objects.create(slug="ada", name="Ada Moreau")
    staff_client.post("/studio/ada/connect/")
    ada = Creator.objects.get(slug="ada")
    assert ada.sells
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
    told = vendor_client.creators.get(str(made.printora_id))
    assert (told.name, told.email) == ("Zoë Ünal", "zoe@example.com")


def test_creator_can_be_changed(
    staff_client: Client, vendor_client: MerchClient, radu: Creator
) -> None:
    staff_client.post("/studio/radu/creator/", {"name": "Radu I.", "description": "Stars."})
    radu.refresh_from_db()
    assert (radu.name, radu.bio) == ("Radu I.", "Stars.")
    assert vendor_client.creators.get(str(radu.printora_id)).name == "Radu I."


def test_shelf_can_be_closed_and_opened(
    client: Client, staff_client: Client, hoodie: MerchItem
) -> None:
    staff_client.post("/studio/radu/status/")
    assert "Totality hoodie" not in client.get("/creators/radu/").content.decode()
    staff_client.post("/studio/radu/status/", {"open": "1"})
    assert "Totality hoodie" in client.get("/creators/radu/").content.decode()


def test_refresh_reads_what_others_made(
    staff_client: Client, vendor_client: MerchClient
) -> None:
    vendor_client.creators.create(name="Ada Moreau", slug="ada")
    staff_client.post("/studio/refresh/")
    assert Creator.objects.filter(slug="ada").exists()


def test_sales_come_from_printora(staff_client: Client, radu: Creator) -> None:
    page = staff_client.get("/studio/radu/sales/").content.decode()
    assert "No orders yet" in page


@pytest.mark.usefixtures("printora_is_down")
def test_sales_of_a_printora_that_is_down_say_so(staff_client: Client) -> None:
    page = staff_client.get("/studio/radu/sales/", headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert "Printora did not say" in page.content.decode()


# --- Items ------------------------------------------------------------------------------------


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


def test_search_that_finds_nothing_says_so(staff_client: Client, radu: Creator) -> None:
    assert "Nothing found" in staff_client.get("/studio/radu/new/?q=zeppelin").content.decode()


def test_new_item_is_made_with_the_chosen_variants_and_picture(
    staff_client: Client, vendor_client: MerchClient, radu: Creator, hang: HangPictures
) -> None:
    hang(1)
    response = staff_client.post("/studio/radu/new/?product=mug", new_item())
    item = MerchItem.objects.get(title="Picture mug")
    assert response["Location"] == f"/studio/radu/#item-{item.pk}"
    told = vendor_client.merch.get(str(radu.printora_id), item.printora_id)
    assert {each.color for each in told.variants or ()} == {"White", "Black"}
    assert told.stock_limit == 5
    assert told.design_image_url == "http://localhost:8000/static/art/picture-0.jpg"
    assert item.editor_is_open


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "This field is required"),
        ({"colours": []}, "Choose one colour at least"),
        ({"sizes": []}, "Choose one size at least"),
        ({"picture": "url", "picture_url": "mug.jpg"}, "Give a whole address"),
        ({"stock_limit": "-1"}, "greater than or equal to 0"),
    ],
)
def test_item_that_is_not_whole_is_not_sent(
    staff_client: Client, radu: Creator, hang: HangPictures, wrong: dict[str, object], words: str
) -> None:
    hang(1)
    response = staff_client.post("/studio/radu/new/?product=mug", new_item(**wrong))
    assert response.status_code == 400
    assert words in response.content.decode()
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
    assert at_printora(vendor_client, hoodie).title == "Eclipse hoodie"  # type: ignore[attr-defined]


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
    assert at_printora(vendor_client, hoodie).status == status  # type: ignore[attr-defined]


def test_delete_asks_first(staff_client: Client, hoodie: MerchItem) -> None:
    page = staff_client.get(f"/studio/radu/{hoodie.pk}/delete/").content.decode()
    assert "nothing brings it back" in page
    assert MerchItem.objects.filter(pk=hoodie.pk).exists()


def test_deleted_item_is_gone_at_printora_too(
    staff_client: Client, vendor_client: MerchClient, hoodie: MerchItem
) -> None:
    staff_client.post(f"/studio/radu/{hoodie.pk}/delete/")
    assert not MerchItem.objects.filter(pk=hoodie.pk).exists()
    with pytest.raises(NotFoundError):
        at_printora(vendor_client, hoodie)


# --- The design editor --------------------------------------------------------------------------


def test_editor_opens_once(
    staff_client: Client, process: SandboxProcess, hoodie: MerchItem
) -> None:
    staff_client.post(f"/studio/radu/{hoodie.pk}/link/")
    response = staff_client.post(f"/studio/radu/{hoodie.pk}/editor/")
    assert response.status_code == 303
    assert response["Location"].startswith(f"{process.url}/en/merch/")
    again = staff_client.post(f"/studio/radu/{hoodie.pk}/editor/", follow=True)
    assert "Request a new one" in again.content.decode()


def test_editor_at_a_strange_host_is_not_opened(staff_client: Client, hoodie: MerchItem) -> None:
    hoodie.keep_editor_link("https://evil.example/editor", None)
    response = staff_client.post(f"/studio/radu/{hoodie.pk}/editor/")
    assert "evil" not in response["Location"]


# --- When Printora is down ----------------------------------------------------------------------


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


def test_call_without_an_answer_says_that_nobody_knows(
    staff_client: Client, hoodie: MerchItem, settings: Settings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:  # accepts, and never answers
        settings.PRINTORA_API_URL = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        get_client().close()
        get_client.cache_clear()
        get_client().transport.deadline = 0.2
        address = f"/studio/radu/{hoodie.pk}/state/"
        page = staff_client.post(address, {"state": "archive"}, follow=True).content.decode()
    assert "may have done it or not" in page
    assert "nothing was changed" not in page
