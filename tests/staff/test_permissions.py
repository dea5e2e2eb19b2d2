"""Each page of staff opens with its own permission and with nothing else; a new page must say."""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
import stamina
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import resolve, reverse
from pytest_django import Settings

from gallery import apps as gallery
from gallery.models import Creator
from orders import apps as orders
from orders.models import Order
from printora_integration.client import get_client
from printora_integration.merch import get_merch_client
from printora_integration.schemas.webhooks import EventType
from tests.helpers import deliver
from tests.orders.stories import FULL, payload
from tests.staff.users import sign_in
from tests.staff.views import CREATE_SESSION, POSTED, PUBLIC, STAFF, Address, addresses, admin_names

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PERMISSIONS = sorted(
    set().union(*STAFF.values(), {"orders.view_customer", "orders.view_notification"})
)
GROUPS = {orders.GROUP: orders.GROUP_PERMISSIONS, gallery.GROUP: gallery.GROUP_PERMISSIONS}


@pytest.fixture(autouse=True)
def no_vendor(settings: Settings) -> Iterator[None]:
    """Point the clients at a port where no server listens, and let them try once."""
    settings.PRINTORA_API_URL = "http://127.0.0.1:9"
    for factory in (get_client, get_merch_client):
        factory.cache_clear()
    get_merch_client().transport.deadline = get_client().transport.deadline = 0.1
    with stamina.set_testing(True):
        yield
    for factory in (get_client, get_merch_client):
        factory().close()
        factory.cache_clear()


def is_refused(client: Client, address: Address) -> bool:
    response = client.generic("POST" if address.name in POSTED else "GET", address.path)
    if response.status_code == 302 and address.name == "orders:dashboard":
        return True  # it leads to what the user may open
    return response.status_code == 403


def opened_by(client: Client) -> set[str]:
    """Return the names of all pages of staff that this client may open."""
    staff = [each for each in addresses() if each.name in STAFF]
    return {each.name for each in staff if not is_refused(client, each)}


def test_every_address_is_in_the_table() -> None:
    names = {address.name for address in addresses()}
    assert names - PUBLIC == STAFF.keys()


def test_views_ask_for_what_the_table_says() -> None:
    asked = {
        address.name: set(resolve(address.path).func.staff_permissions)  # type: ignore[attr-defined]
        for address in addresses()
        if address.name in STAFF.keys() - {CREATE_SESSION}
    }
    assert asked | {CREATE_SESSION: STAFF[CREATE_SESSION]} == STAFF


def test_anonymous_signs_in_first(client: Client) -> None:
    for address in addresses():
        if address.name in STAFF:
            response = client.generic("POST" if address.name in POSTED else "GET", address.path)
            assert response["Location"].startswith("/accounts/login/?next="), address


def test_visitor_who_signed_in_is_refused(client: Client) -> None:
    client.force_login(User.objects.create_user("visitor"))
    assert opened_by(client) == set()


@pytest.mark.parametrize("permission", [None, *PERMISSIONS])
def test_one_permission_opens_its_own_pages_only(permission: str | None) -> None:
    granted = {permission} if permission else set()
    client = sign_in(granted)
    assert opened_by(client) == {name for name, needed in STAFF.items() if needed <= granted}


@pytest.mark.parametrize("group", GROUPS)
def test_group_opens_the_pages_of_its_permissions(group: str) -> None:
    client = sign_in(group=group)
    assert opened_by(client) == {
        name for name, needed in STAFF.items() if needed <= set(GROUPS[group])
    }


def test_two_permissions_are_needed_for_the_export() -> None:
    client = sign_in({"orders.view_order", "orders.export_order"})
    assert client.get("/dashboard/orders.csv").status_code == 200


# --- The admin -----------------------------------------------------------------------------------

FOR_ALL_STAFF = {
    *("index", "login", "logout", "password_change", "password_change_done", "autocomplete"),
    *("jsi18n", "view_on_site", "app_list", "None"),
}
ACTIONS = {"changelist": "view", "history": "view", "change": "view", "export": "view"}
ACTIONS |= {"add": "add", "delete": "delete", "auth_user_password_change": "change"}


def test_every_address_of_the_admin_is_of_a_known_kind() -> None:
    names = admin_names() - FOR_ALL_STAFF - {"auth_user_password_change"}
    models = {f"{m._meta.app_label}_{m._meta.model_name}" for m in admin.site._registry}
    known = {f"{model}_{action}" for model in models for action in ACTIONS}
    assert names - known == set()


def test_no_list_of_the_admin_opens_without_its_permission() -> None:
    client, everything = sign_in(), sign_in(superuser=True)
    for name in sorted(admin_names()):
        if name.endswith(("_changelist", "_add", "_export")):
            address = reverse(f"admin:{name}")
            assert client.get(address).status_code == 403, name
            assert everything.get(address).status_code in {200, 302, 403}, name


@pytest.mark.parametrize(
    ("model", "permission"),
    [("orders/order", "orders.view_order"), ("gallery/creator", "gallery.view_creator")],
)
def test_list_of_the_admin_is_no_permission_to_export_it(model: str, permission: str) -> None:
    client = sign_in({permission})
    assert client.get(f"/admin/{model}/").status_code == 200
    response = client.get(f"/admin/{model}/export/")
    assert response.status_code == 403
    assert (
        "export_order" in response.content.decode() or "manage_merch" in response.content.decode()
    )


@pytest.mark.parametrize(
    ("action", "permission"),
    [("send_again", "resend_order"), ("sync", "reconcile_order"), ("mark_seen", "change_order")],
)
def test_action_of_the_admin_is_offered_with_its_permission(action: str, permission: str) -> None:
    Order.objects.create(session_id="s", order_id="o")
    page = "/admin/orders/order/"
    assert action not in sign_in({"orders.view_order"}).get(page).content.decode()
    granted = {"orders.view_order", f"orders.{permission}"}
    assert f'value="{action}"' in sign_in(granted).get(page).content.decode()


# --- Navigation ----------------------------------------------------------------------------------


class Links(HTMLParser):
    """The addresses of a page's links, its parts, and its forms."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.forms: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.links |= {values.get("href") or "/", values.get("hx-get") or "/"}
        if tag == "form" and values.get("method") == "post":
            self.forms.add(values.get("action") or "/")


def permissions_of(links: Iterable[str]) -> dict[str, set[str]]:
    """Return what each of these addresses needs, where it is one of staff."""
    paths = {urlsplit(link).path for link in links if link.startswith("/")}
    paths = {path for path in paths if path.startswith(("/dashboard/", "/studio/"))}
    return {path: set(resolve(path).func.staff_permissions) for path in paths}  # type: ignore[attr-defined]


@pytest.mark.parametrize("group", [None, *PERMISSIONS, *GROUPS])
def test_pages_show_no_link_and_no_button_that_is_refused(
    group: str | None, vendor: Client
) -> None:
    Creator.objects.create(slug="x", name="Ada", printora_id="c1")
    deliver(vendor, payload(EventType.PAID, FULL[EventType.PAID]))
    deliver(vendor, payload(EventType.SHIPPED, {"orderId": "another"}))
    order = Order.objects.get()
    granted = set(GROUPS.get(group or "", [group] if group else []))
    client = sign_in(granted)
    names = ("dashboard", "events", "sessions", "reconciliation")
    pages = [order.get_absolute_url(), "/", "/admin/", "/studio/", "/studio/x/"]
    pages += [reverse(f"orders:{name}") for name in names]
    for page in pages:
        links = Links(client.get(page, follow=True).content.decode())
        needed = permissions_of(links.links | links.forms)
        assert {path for path, needs in needed.items() if not needs <= granted} == set(), page


def test_sign_in_leads_to_what_the_user_may_open() -> None:
    studio = sign_in(group=gallery.GROUP).get("/dashboard/")
    assert studio["Location"] == "/studio/"
    assert (
        sign_in({"orders.reconcile_order"})
        .get("/dashboard/")["Location"]
        .endswith("/reconciliation/")
    )
    assert sign_in().get("/dashboard/").status_code == 403


def test_refusal_names_the_permission_to_ask_for() -> None:
    page = sign_in().get("/dashboard/events/").content.decode()
    assert "“Can view webhook event” (printora_integration.view_webhookevent)" in page


def test_groups_are_the_sites() -> None:
    assert set(Group.objects.values_list("name", flat=True)) >= GROUPS.keys()
