"""Django's admin shows what we keep, and changes none of it: Printora owns it."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gallery.models import Creator
from orders.models import Order
from printora_integration.models import PrintSession, RefusedDelivery, WebhookEvent
from printora_integration.reconciliation.models import Reconciliation
from tests.helpers import ORDER, SESSION, deliver, webhook

pytestmark = pytest.mark.django_db

LINK = "https://printora.ai/en/print/tok_secret"
MODELS = [Order, WebhookEvent, PrintSession]


@pytest.fixture(autouse=True)
def rows(vendor: Client) -> None:
    PrintSession.objects.create(
        visitor="v1", reference="dune", title="Dune", session_id=SESSION, redirect_url=LINK
    )
    deliver(vendor, webhook("order.paid", {"customer": {"email": "grace@example.com"}}))


def address(model: type[Model], page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", MODELS)
def test_list_loads(staff_client: Client, model: type[Model]) -> None:
    response = staff_client.get(address(model, "changelist"))
    assert response.status_code == 200
    assert response.context["cl"].result_count == 1


@pytest.mark.parametrize("model", MODELS)
def test_one_row_loads_to_read(staff_client: Client, model: type[Model]) -> None:
    row = model._default_manager.get()
    response = staff_client.get(address(model, "change", row.pk))
    assert response.status_code == 200
    assert 'name="_save"' not in response.content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_nothing_can_be_added_changed_or_deleted(staff_client: Client, model: type[Model]) -> None:
    row = model._default_manager.get()
    for page, args in (("add", ()), ("change", (row.pk,)), ("delete", (row.pk,))):
        response = staff_client.post(address(model, page, *args), {"post": "yes"})
        assert response.status_code == 403, page
    assert model._default_manager.count() == 1


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (Order, ORDER),
        (Order, SESSION),
        (Order, "grace@example.com"),
        (WebhookEvent, SESSION),
        (PrintSession, SESSION),
    ],
)
def test_search_finds_the_row(staff_client: Client, model: type[Model], text: str) -> None:
    url = address(model, "changelist")
    found = staff_client.get(url, {"q": text}).context["cl"].result_count
    missed = staff_client.get(url, {"q": "nowhere"}).context["cl"].result_count
    assert (found, missed) == (1, 0)


def test_search_of_orders_compares_whole_columns_so_that_an_index_serves(
    staff_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10) as queries:
        staff_client.get(address(Order, "changelist"), {"q": ORDER})
    [search, *_] = [q["sql"] for q in queries if "ORDER BY" in q["sql"] and ORDER in q["sql"]]
    assert "LIKE" not in search
    assert "UPPER" not in search


def test_search_by_idempotency_key_finds_the_session(staff_client: Client) -> None:
    key = str(PrintSession.objects.get().idempotency_key)
    response = staff_client.get(address(PrintSession, "changelist"), {"q": key})
    assert response.context["cl"].result_count == 1


def test_visitors_link_is_not_shown(staff_client: Client) -> None:
    row = PrintSession.objects.get()
    for page, args in (("changelist", ()), ("change", (row.pk,))):
        response = staff_client.get(address(PrintSession, page, *args))
        assert "tok_secret" not in response.content.decode()


def test_order_leads_to_its_page_on_the_dashboard(staff_client: Client) -> None:
    order = Order.objects.get()
    page = staff_client.get(address(Order, "change", order.pk)).content.decode()
    assert f'href="{order.get_absolute_url()}"' in page


@pytest.mark.parametrize("model", MODELS)
def test_every_model_is_registered(model: type[Model]) -> None:
    assert admin.site.is_registered(model)


# --- What leaves, and what is asked for -----------------------------------------------------------


@pytest.mark.parametrize("model", MODELS)
def test_export_of_a_list_is_in_the_audit_log(staff_client: Client, model: type[Model]) -> None:
    response = staff_client.get(address(model, "export"))
    assert response["Content-Type"] == "text/csv"
    assert SESSION in response.content.decode()
    [entry] = LogEntry.objects.all()
    assert entry.change_message == "Exported 1 rows as CSV."


def test_export_holds_no_token_and_no_body(staff_client: Client) -> None:
    sessions = staff_client.get(address(PrintSession, "export")).content.decode()
    events = staff_client.get(address(WebhookEvent, "export")).content.decode()
    assert "tok_secret" not in sessions
    assert "grace@example.com" not in events


def test_export_keeps_to_the_filter(staff_client: Client) -> None:
    response = staff_client.get(address(Order, "export"), {"status__exact": "shipped"})
    assert SESSION not in response.content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_export_needs_the_right_to_look(client: Client, model: type[Model]) -> None:
    client.force_login(User.objects.create_user("intern", is_staff=True))
    assert client.get(address(model, "export")).status_code == 403
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("model", MODELS)
def test_address_of_an_add_form_is_refused_with_a_reason(
    staff_client: Client, model: type[Model]
) -> None:
    response = staff_client.get(address(model, "add"))
    assert response.status_code == 403
    assert "none is added by hand" in response.content.decode()


def test_event_leads_to_its_page_on_the_dashboard(staff_client: Client) -> None:
    event = WebhookEvent.objects.get()
    page = staff_client.get(address(WebhookEvent, "change", event.pk)).content.decode()
    assert f'href="/dashboard/events/{event.pk}/"' in page


def test_refused_delivery_leads_to_its_page_and_hides_its_bytes(staff_client: Client) -> None:
    refused = RefusedDelivery.objects.create(reason="odd", body=b"grace@example.com\xff")
    page = staff_client.get(address(RefusedDelivery, "change", refused.pk)).content.decode()
    assert f'href="/dashboard/events/refused/{refused.pk}/"' in page
    assert "grace@" not in page


def test_resending_too_many_at_once_is_refused(staff_client: Client) -> None:
    for number in range(11):
        Order.objects.create(session_id=f"s{number}", order_id=f"o{number}")
    chosen = list(Order.objects.values_list("pk", flat=True))
    form = {"action": "send_again", "_selected_action": chosen}
    page = staff_client.post(address(Order, "changelist"), form, follow=True).content.decode()
    assert "Choose 10 orders at most" in page


def test_creators_are_exported(staff_client: Client) -> None:
    Creator.objects.create(slug="ada", name="Ada")
    assert staff_client.get("/admin/gallery/creator/export/")["Content-Type"] == "text/csv"


def test_export_of_an_empty_list_says_so(staff_client: Client) -> None:
    page = staff_client.get("/admin/gallery/creator/export/", follow=True).content.decode()
    assert "There is nothing to export" in page
    assert not LogEntry.objects.exists()


def test_orders_can_be_compared_with_printoras(staff_client: Client) -> None:
    form = {"action": "sync", "_selected_action": [Order.objects.get().pk]}
    staff_client.post(address(Order, "changelist"), form)
    assert Reconciliation.objects.get().requested_by == "operator"
