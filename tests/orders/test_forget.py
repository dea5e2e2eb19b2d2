"""On request, one customer is erased everywhere, and nobody else."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from orders.models import Notification, Order
from orders.notifications import send_due
from orders.retention import forget
from printora_integration.models import PrintSession, RefusedDelivery
from printora_integration.schemas.webhooks import EventType
from tests.helpers import deliver as post
from tests.orders.customer_data import all_data, own_picture, process_whole_order
from tests.orders.stories import FULL, payload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_folder")]


@pytest.mark.usefixtures("story_date")
def test_mail_that_still_waits_is_skipped(vendor: Client) -> None:
    process_whole_order(vendor, "sess_1")
    forget("grace@example.com")
    assert send_due() == 0
    assert set(Notification.objects.values_list("state", flat=True)) == {"skipped"}


@pytest.mark.usefixtures("story_date")
@pytest.mark.parametrize("written", ["grace@example.com", " GRACE@Example.COM "])
def test_forgetting_erases_one_customer_everywhere_and_nobody_else(
    vendor: Client, settings: Settings, written: str
) -> None:
    process_whole_order(vendor, "sess_1")
    ada = process_whole_order(vendor, "sess_2", as_ada=True)
    send_due()
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
    stored = all_data() + "".join(
        path.read_text().lower() for path in Path(str(settings.EMAIL_FILE_PATH)).glob("*")
    )
    assert [word for word in ("grace", "hopper", "visitor-of-sess_1") if word in stored] == []
    ada.refresh_from_db()
    assert (ada.customer_email, ada.anonymised_at) == ("ada@example.org", None)
    assert PrintSession.objects.filter(visitor="visitor-of-sess_2").exists()


def test_forgetting_finds_an_address_that_json_escapes(vendor: Client) -> None:
    data = FULL[EventType.PAID] | {"customer": {"email": "JosÉ@example.com"}}
    post(vendor, json.dumps(payload(EventType.PAID, data)).encode())
    Order.objects.update(customer_email="")
    assert forget("josé@example.com").events == 1


def test_forgetting_spares_a_customer_with_a_longer_address(vendor: Client) -> None:
    for number, email in enumerate(["agrace@example.com", "grace@example.com.au"]):
        data = FULL[EventType.PAID] | {"customer": {"email": email}}
        post(vendor, payload(EventType.PAID, data, session=f"sess_{number}"))
    assert not any(vars(forget("grace@example.com")).values())


@pytest.mark.parametrize("text", ["", "   ", "grace", "@", "@example.com", "grace@"])
def test_forgetting_refuses_what_is_no_address(text: str) -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("forget", text)


def test_forget_command_prints_counts_and_no_address(
    vendor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    process_whole_order(vendor, "sess_1")
    out = io.StringIO()
    with caplog.at_level("INFO"):
        call_command("forget", "grace@example.com", stdout=out)
    assert "1 orders, 5 events, 1 sessions" in out.getvalue()
    assert "grace" not in out.getvalue() + caplog.text


def test_title_and_reference_of_a_visitors_own_picture_go_too(vendor: Client) -> None:
    process_whole_order(vendor, "sess_1")
    # Two that would be one open session, were they not closed first.
    rows = [own_picture(status="active"), own_picture(status="pending", reference="upload/other")]
    forget("grace@example.com")
    for row in rows:
        row.refresh_from_db()
        assert (row.title, row.reference, row.status) == ("(erased)", "", "expired")


def test_forgetting_names_the_visitors_to_its_caller_and_to_nobody_else(vendor: Client) -> None:
    process_whole_order(vendor, "sess_1")
    process_whole_order(vendor, "sess_2", as_ada=True)
    erased = forget("grace@example.com")
    assert erased.visitors == ["visitor-of-sess_1"]
    assert "visitor" not in f"{erased} {erased!r}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("story_date")
def test_mail_files_stay_where_the_rows_were_not_erased(
    vendor: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    process_whole_order(vendor, "sess_1")
    send_due()
    mails = list(Path(str(settings.EMAIL_FILE_PATH)).glob("*.eml"))
    monkeypatch.setattr(Order, "anonymise", lambda _order: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        forget("grace@example.com")
    assert mails
    assert all(mail.exists() for mail in mails)
