"""After pruning, or on a customer's request, nothing anywhere tells who they were."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from orders.models import Notification, Order
from orders.notifications import deliver
from orders.retention import forget, prune
from printora_integration.models import PrintSession, RefusedDelivery, WebhookEvent
from printora_integration.schemas.webhooks import EventType
from tests.helpers import deliver as post
from tests.orders.stories import FULL, payload

pytestmark = pytest.mark.django_db

GRACE = ("grace", "hopper", "555 0100", "compiler way", "22201", "1z999", "visitor-of-sess_1")
IDENTITY = {"grace@example.com": "ada@example.org", "Grace": "Ada", "Hopper": "Lovelace"}


@pytest.fixture(autouse=True)
def mail_files(tmp_path: Path, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "orders.notifications.file_backend.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")


def live_through(client: Client, session: str, *, as_ada: bool = False) -> Order:
    """Tell a whole order over the webhook, as Grace's or as Ada's, and begin it here."""
    PrintSession.objects.create(
        visitor=f"visitor-of-{session}",
        reference="dune",
        title="Dune",
        session_id=session,
        image_url="https://gallery.example.com/dune.jpg",
        redirect_url="https://printora.ai/en/print/token",
    )
    for event in EventType:
        text = json.dumps(payload(event, FULL[event], session=session))
        for hers, adas in IDENTITY.items():
            text = text.replace(hers, adas) if as_ada else text
        post(client, text.encode())
    return Order.objects.get(session_id=session)


def everything_kept() -> str:
    """Return all that the database holds, in lower case, whichever the table and the column."""
    kept: list[str] = []
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            kept += [
                bytes(value).decode(errors="replace")
                if isinstance(value, bytes | memoryview)
                else str(value)
                for row in cursor.fetchall()
                for value in row
            ]
    return "\n".join(kept).lower()


def kept_of_grace(folder: str | None = None) -> list[str]:
    kept = everything_kept()
    if folder:
        kept += "".join(path.read_text().lower() for path in Path(folder).glob("*"))
    return [word for word in GRACE if word in kept]


def in_a_year(**more: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=366, **more))


def test_scan_finds_what_is_there(vendor: Client) -> None:
    live_through(vendor, "sess_1")
    assert kept_of_grace() == list(GRACE)


# --- Pruning --------------------------------------------------------------------------------------


def test_pruning_leaves_nothing_of_the_customer_and_all_of_the_timeline(
    vendor: Client, staff_client: Client, settings: Settings
) -> None:
    order = live_through(vendor, "sess_1")
    deliver()
    RefusedDelivery.objects.create(reason="odd", body=b'{"email": "grace@example.com"}')
    with in_a_year():
        erased = prune(days=365)
    assert (erased.orders, erased.events, erased.sessions, erased.refused_deliveries) == (
        1,
        5,
        1,
        1,
    )
    assert kept_of_grace(settings.EMAIL_FILE_PATH) == []
    order.refresh_from_db()
    assert order.anonymised_at is not None
    assert (order.order_number, str(order.total_amount)) == ("PR-4711", "27.5000")
    assert order.shipped_at is not None
    assert order.items[0]["product_name"] == "Mug"
    page = staff_client.get(order.get_absolute_url())
    assert page.status_code == 200
    assert "Anonymised" in page.content.decode()


def test_pruned_event_still_tells_what_happened(vendor: Client) -> None:
    live_through(vendor, "sess_1")
    with in_a_year():
        prune(days=365)
    paid = json.loads(WebhookEvent.objects.get(event="order.paid").body)
    assert paid["data"]["totalAmount"] == "27.5"
    assert paid["event"] == "order.paid"
    assert set(paid["data"]) <= {
        *("orderId", "orderNumber", "status", "paymentStatus", "paymentMethod"),
        *("totalAmount", "currency", "createdAt", "paidAt"),
    }


def test_what_is_younger_stays(vendor: Client) -> None:
    live_through(vendor, "sess_1")
    assert not any(vars(prune(days=365)).values())
    assert kept_of_grace() == list(GRACE)


def test_zero_days_keep_everything(vendor: Client, settings: Settings) -> None:
    live_through(vendor, "sess_1")
    with in_a_year():
        assert not any(vars(prune(days=0)).values())
    settings.RETENTION_DAYS = 0
    out = io.StringIO()
    call_command("prune", stdout=out)
    assert "for ever" in out.getvalue()


def test_pruning_again_finds_nothing_to_do(vendor: Client) -> None:
    live_through(vendor, "sess_1")
    with in_a_year():
        prune(days=365)
        assert not any(vars(prune(days=365)).values())


def test_pruning_goes_on_over_many_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orders.retention._BATCH", 3)
    monkeypatch.setattr("printora_integration.retention._BATCH", 3)
    for number in range(10):
        Order.objects.create(session_id=f"s{number}", order_id="o", customer_email="grace@x.org")
        WebhookEvent.objects.create(
            session_id=f"s{number}", event="order.paid", occurred_at=timezone.now(), body="{}"
        )
        PrintSession.objects.create(visitor=f"v{number}", reference="dune", title="Dune")
    with in_a_year():
        erased = prune(days=365)
    assert (erased.orders, erased.events, erased.sessions) == (10, 10, 10)


@pytest.mark.usefixtures("in_those_days")
def test_event_that_comes_after_pruning_brings_no_data_back(vendor: Client) -> None:
    for event in (EventType.CREATED, EventType.SHIPPED):
        post(vendor, payload(event, FULL[event]))
    with in_a_year():
        prune(days=365)
        post(vendor, payload(EventType.PAID, FULL[EventType.PAID]))
        assert Order.objects.get().customer_email == ""
        assert not Notification.objects.filter(kind="paid").exists()
        assert kept_of_grace() == []
        assert not any(vars(prune(days=365)).values())


@pytest.mark.usefixtures("in_those_days")
def test_mail_that_still_waits_is_withdrawn(vendor: Client) -> None:
    live_through(vendor, "sess_1")
    forget("grace@example.com")
    assert deliver() == 0
    assert set(Notification.objects.values_list("state", flat=True)) == {"skipped"}


# --- One customer ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("in_those_days")
@pytest.mark.parametrize("written", ["grace@example.com", " GRACE@Example.COM "])
def test_forgetting_erases_one_customer_everywhere_and_nobody_else(
    vendor: Client, settings: Settings, written: str
) -> None:
    live_through(vendor, "sess_1")
    ada = live_through(vendor, "sess_2", as_ada=True)
    deliver()
    PrintSession.objects.create(visitor="visitor-of-sess_1", reference="reef", title="Reef")
    RefusedDelivery.objects.create(reason="odd", body=b'{"email": "Grace@Example.com", \xff')
    post(
        vendor,
        {
            **payload(EventType.PAID, {}),
            "sessionId": "sess_1",
            "event": "order.novelty",
            "data": {"to": "grace@example.com"},
        },
    )
    Notification.objects.filter(order__session_id="sess_1").update(last_error="of Grace Hopper")
    erased = forget(written)
    assert (erased.orders, erased.sessions, erased.refused_deliveries) == (1, 2, 1)
    assert erased.events == 6
    kept = everything_kept() + "".join(
        path.read_text().lower() for path in Path(str(settings.EMAIL_FILE_PATH)).glob("*")
    )
    assert [word for word in ("grace", "hopper", "visitor-of-sess_1") if word in kept] == []
    ada.refresh_from_db()
    assert (ada.customer_email, ada.anonymised_at) == ("ada@example.org", None)
    assert PrintSession.objects.filter(visitor="visitor-of-sess_2").exists()


def test_forgetting_finds_an_address_that_json_escapes(vendor: Client) -> None:
    data = FULL[EventType.PAID] | {"customer": {"email": "JosÉ@example.com"}}
    post(vendor, json.dumps(payload(EventType.PAID, data)).encode())
    Order.objects.update(customer_email="")
    assert forget("josé@example.com").events == 1


def test_forgetting_spares_whoever_has_a_longer_address(vendor: Client) -> None:
    for number, email in enumerate(["agrace@example.com", "grace@example.com.au"]):
        data = FULL[EventType.PAID] | {"customer": {"email": email}}
        post(vendor, payload(EventType.PAID, data, session=f"sess_{number}"))
    assert not any(vars(forget("grace@example.com")).values())


@pytest.mark.parametrize("words", ["", "   ", "grace", "@", "@example.com", "grace@"])
def test_forgetting_refuses_what_is_no_address(words: str) -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("forget", words)


def test_forget_command_tells_counts_and_no_address(
    vendor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    live_through(vendor, "sess_1")
    out = io.StringIO()
    with caplog.at_level("INFO"):
        call_command("forget", "grace@example.com", stdout=out)
    assert "1 orders, 5 events, 1 sessions" in out.getvalue()
    assert "grace" not in out.getvalue() + caplog.text


# --- What the integration keeps of a visitor ------------------------------------------------------


def own_picture(**facts: str) -> PrintSession:
    """Begin a session for a picture that the visitor has put up and named."""
    usual = {"visitor": "visitor-of-sess_1", "reference": "upload/secret", "title": "My Anna"}
    return PrintSession.objects.create(**(usual | facts))


def test_title_and_reference_of_a_visitors_own_picture_go_too(vendor: Client) -> None:
    live_through(vendor, "sess_1")
    # Two that would be one open session, were they not closed first.
    rows = [own_picture(status="active"), own_picture(status="pending", reference="upload/other")]
    forget("grace@example.com")
    for row in rows:
        row.refresh_from_db()
        assert (row.title, row.reference, row.status) == ("(erased)", "", "expired")


def test_pruning_empties_a_session_that_was_only_unlinked_before(vendor: Client) -> None:
    row = own_picture(visitor="")
    with in_a_year():
        assert prune(days=365).sessions == 1
        assert prune(days=365).sessions == 0
    row.refresh_from_db()
    assert (row.title, row.reference) == ("(erased)", "")


def test_forgetting_names_the_visitors_to_its_caller_and_to_nobody_else(vendor: Client) -> None:
    live_through(vendor, "sess_1")
    live_through(vendor, "sess_2", as_ada=True)
    erased = forget("grace@example.com")
    assert erased.visitors == ["visitor-of-sess_1"]
    assert "visitor" not in f"{erased} {erased!r}"


def test_forgetting_locks_events_then_sessions_then_orders_as_a_webhook_does(
    vendor: Client,
) -> None:
    live_through(vendor, "sess_1")
    with CaptureQueriesContext(connection) as captured:
        forget("grace@example.com")
    changes = [query["sql"] for query in captured if query["sql"].startswith("UPDATE")]
    tables = list(dict.fromkeys(sql.split('"')[1] for sql in changes))
    assert [table for table in tables if "notification" not in table] == [
        "printora_integration_webhookevent",
        "printora_integration_printsession",
        "orders_order",
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("in_those_days")
def test_mail_files_stay_where_the_rows_were_not_erased(
    vendor: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_through(vendor, "sess_1")
    deliver()
    mails = list(Path(str(settings.EMAIL_FILE_PATH)).glob("*.eml"))
    monkeypatch.setattr(Order, "anonymise", lambda _order: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        forget("grace@example.com")
    assert mails
    assert all(mail.exists() for mail in mails)
