"""Without the permission to see customers, no page and no file of staff says anything of one."""

from collections.abc import Iterator

import pytest
from django.contrib.admin.models import LogEntry
from django.db import models
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from orders.models import Notification, Order
from orders.models.customer import CustomerMixin
from pages.masking import MASK, masked, viewed_by
from printora_integration.models import PrintSession, RefusedDelivery, WebhookEvent
from tests.staff.canaries import CANARY, EMAIL, make_canaries
from tests.staff.users import EVERYTHING_BUT_CUSTOMERS, sign_in

pytestmark = pytest.mark.django_db

ROWS: list[type[models.Model]] = [Order, Notification, WebhookEvent, RefusedDelivery, PrintSession]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def order(vendor: Client) -> Order:
    return make_canaries(vendor)


@pytest.fixture
def masked_client(order: Order) -> Client:
    """Return the browser of staff with every permission but that to see customers."""
    return sign_in(EVERYTHING_BUT_CUSTOMERS)


@pytest.fixture
def seeing_client(order: Order) -> Client:
    return sign_in({*EVERYTHING_BUT_CUSTOMERS, "orders.view_customer"})


def text_of(client: Client, address: str, *, part: bool = False) -> str:
    response = client.get(address, headers=HTMX if part else {})
    streamed = isinstance(response, StreamingHttpResponse)
    content = b"".join(response) if streamed else response.content
    return content.decode()


def pages() -> Iterator[str]:
    """Yield every page and every file of staff that shows an order or what belongs to it."""
    order = Order.objects.get()
    yield order.get_absolute_url()
    for name in ("dashboard", "export", "events", "sessions", "reconciliation"):
        yield reverse(f"orders:{name}")
    yield reverse("orders:new_orders") + "?newest=0"
    yield reverse("orders:events") + "?outcome=refused"
    for name, model in (
        ("event", WebhookEvent),
        ("refused", RefusedDelivery),
        ("mail", Notification),
    ):
        for row in model._default_manager.all():
            yield reverse(f"orders:{name}", args=[row.pk])
    for each in ROWS:
        prefix = f"admin:{each._meta.app_label}_{each._meta.model_name}"
        yield reverse(f"{prefix}_changelist")
        yield reverse(f"{prefix}_export")
        for row in each._default_manager.all():
            yield reverse(f"{prefix}_change", args=[row.pk])
            yield reverse(f"{prefix}_history", args=[row.pk])
    yield reverse("admin:index")


def test_staff_without_the_permission_see_no_customer_anywhere(masked_client: Client) -> None:
    shown = {
        (page, part): CANARY in text_of(masked_client, page, part=part).lower()
        for page in pages()
        for part in (False, True)
    }
    assert [page for page, is_shown in shown.items() if is_shown] == []


def test_the_same_pages_show_the_customer_with_the_permission(seeing_client: Client) -> None:
    shown = [page for page in pages() if CANARY in text_of(seeing_client, page).lower()]
    order = Order.objects.get()
    expected = {order.get_absolute_url(), "/dashboard/", "/dashboard/orders.csv"}
    expected |= {f"/dashboard/events/{event.pk}/" for event in WebhookEvent.objects.all()}
    expected |= {f"/admin/orders/order/{order.pk}/change/", "/admin/orders/order/"}
    expected |= {"/admin/orders/order/export/", "/dashboard/sessions/"}
    expected |= {f"/dashboard/mails/{mail.pk}/" for mail in Notification.objects.all()}
    expected |= {f"/dashboard/events/refused/{each.pk}/" for each in RefusedDelivery.objects.all()}
    assert expected - set(shown) == set()


def test_masked_pages_say_what_is_missing(masked_client: Client) -> None:
    page = text_of(masked_client, Order.objects.get().get_absolute_url())
    assert MASK in page
    assert "orders.view_customer" in page
    event = WebhookEvent.objects.get(event="order.paid")
    body = text_of(masked_client, reverse("orders:event", args=[event.pk]), part=True)
    assert "27.5" in body  # what says nothing of a person is there
    assert "orders.view_customer" in body


def test_masked_export_keeps_its_columns_and_is_logged_as_masked(masked_client: Client) -> None:
    text = text_of(masked_client, "/dashboard/orders.csv")
    assert f",{MASK} {MASK},{MASK},UPS,{MASK}," in text
    text_of(masked_client, "/admin/orders/order/export/")
    logged = LogEntry.objects.order_by("pk").values_list("change_message", flat=True)
    assert list(logged) == [
        "Exported orders as CSV, customers masked: all.",
        "Exported 1 rows as CSV, customers masked.",
    ]


def test_titles_that_visitors_wrote_are_for_those_who_see_customers() -> None:
    page, permission = "/admin/gallery/upload/", "gallery.view_upload"
    assert sign_in({permission}).get(page).status_code == 403
    assert sign_in({permission, "orders.view_customer"}).get(page).status_code == 200


# --- No page answers questions about what it does not show ---------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/dashboard/?q={}",
        "/dashboard/orders.csv?q={}",
        "/dashboard/news/?newest=0&q={}",
        "/admin/orders/order/?q={}",
        "/admin/orders/notification/?q={}",
        "/admin/printora_integration/webhookevent/?q={}",
    ],
)
def test_search_for_an_address_finds_the_same_as_a_search_for_another(
    masked_client: Client, address: str
) -> None:
    known, unknown = (text_of(masked_client, address.format(q)) for q in (EMAIL, "nobody@x.org"))
    assert known.replace(EMAIL, "").count("PR-4711") == unknown.count("PR-4711") == 0


def test_search_for_an_address_finds_it_with_the_permission(seeing_client: Client) -> None:
    for address in ("/dashboard/?q=", "/admin/orders/order/?q="):
        assert "PR-4711" in text_of(seeing_client, address + EMAIL)


@pytest.mark.parametrize(
    "address",
    [
        "orders/order/?customer_email__startswith=c",
        "orders/order/?customer_email_lower=canary@example.com",
        "orders/order/?shipping_address__city=x",
        "orders/order/export/?customer_phone__contains=1",
        "orders/notification/?order__customer_email__startswith=c",
        "printora_integration/webhookevent/?body__contains=canary",
        "printora_integration/refuseddelivery/?body__contains=canary",
        "printora_integration/printsession/?redirect_url__startswith=h",
        "printora_integration/printsession/?visitor=v",
    ],
)
def test_lists_of_the_admin_filter_by_what_they_offer_only(
    masked_client: Client, address: str
) -> None:
    assert masked_client.get(f"/admin/{address}").status_code == 400


# --- The mask itself -----------------------------------------------------------------------------


def test_every_column_of_the_customer_is_masked(order: Order) -> None:
    with viewed_by(sign_in().get("/").wsgi_request.user):
        seen = Order.objects.select_related().get()
        rows = [
            seen,
            Order.objects.only("customer_email").get(),
            Notification.objects.all()[0].order,
        ]
    for field in CustomerMixin._meta.local_fields:
        shown = str(getattr(seen, field.name)).lower()
        assert CANARY not in shown, field.name
    assert {row.customer_email for row in rows} == {MASK}
    assert seen.customer_email_lower == MASK


def test_mask_keeps_what_is_empty_empty() -> None:
    empty: list[object] = ["", {}, [], None]
    assert [masked(value) for value in empty] == empty


def test_masked_order_is_never_saved_in_place_of_its_data(order: Order) -> None:
    with viewed_by(sign_in().get("/").wsgi_request.user):
        seen = Order.objects.get()
    for columns in (None, ["customer_email"]):
        with pytest.raises(RuntimeError, match="masked"):
            seen.save(update_fields=columns)
    seen.save(update_fields=["flags"])
    assert Order.objects.get().customer_email == EMAIL


def test_tasks_and_the_shell_see_the_customer(order: Order) -> None:
    assert Order.objects.get().customer_email == EMAIL


def test_visitors_see_their_own_parcel_and_staff_without_the_permission_do_not(
    client: Client, vendor: Client
) -> None:
    visitor = client.get("/my-prints/").wsgi_request._printora_visitor  # type: ignore[attr-defined]
    make_canaries(vendor, visitor=visitor)
    assert "canary-1Z" in text_of(client, "/my-prints/")
    staff = sign_in({"orders.view_order"})
    staff.cookies.update(client.cookies)
    assert "canary-1Z" not in text_of(staff, "/my-prints/")
