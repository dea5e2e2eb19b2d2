"""A mail says what happened, in HTML and text alike, and leads nowhere private."""

import re
from email import message_from_bytes
from pathlib import Path

import pytest
from django.core import mail
from pytest_django import Settings

from orders.models import Notification, Order
from orders.notifications.mail import compose
from printora_integration.schemas.webhooks import EventType
from tests.orders.merging import merged_order
from tests.orders.stories import FULL

Kind = Notification.Kind


def written(kind: Kind, **changes: object) -> tuple[str, str, str]:
    """Return a mail's subject, text and HTML, with spaces as one reads them."""
    order = merged_order(FULL, [event for event in EventType if event != EventType.CANCELLED])
    for column, value in changes.items():
        setattr(order, column, value)
    message = compose(Notification(order=order, kind=kind))
    html = str(message.alternatives[0][0])
    return str(message.subject), str(message.body), html


@pytest.mark.parametrize("kind", Kind)
def test_html_and_text_have_number_items_and_total(kind: Kind) -> None:
    subject, text, html = written(kind)
    assert "PR-4711" in subject
    for body in (text, html):
        for part in ("PR-4711", "Hello Grace", "Mug", "White / 11oz", "× 2", "12.59", "27.50 USD"):
            assert part in body, part


@pytest.mark.parametrize("kind", [Kind.PAID, Kind.SHIPPED])
def test_html_and_text_have_the_shipping_address(kind: Kind) -> None:
    for body in written(kind)[1:]:
        assert "1 Compiler Way" in body
        assert "22201 Arlington" in body


def test_shipped_mail_has_the_tracking_number_and_its_link() -> None:
    _subject, text, html = written(Kind.SHIPPED)
    assert "1Z999" in text
    assert "https://www.ups.com/track?1Z999" in text
    assert 'href="https://www.ups.com/track?1Z999"' in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_tracking_link_that_is_no_web_address_is_left_out(url: str) -> None:
    for body in written(Kind.SHIPPED, tracking_url=url)[1:]:
        assert url not in body


@pytest.mark.parametrize("kind", Kind)
def test_mails_link_to_the_gallery_and_the_parcel_only(kind: Kind, settings: Settings) -> None:
    html = written(kind)[2]
    allowed = {f"{settings.APP_URL}/", "https://www.ups.com/track?1Z999"}
    assert set(re.findall(r'(?:href|src)="([^"]*)"', html)) <= allowed


@pytest.mark.parametrize("kind", Kind)
def test_mails_fetch_nothing(kind: Kind) -> None:
    html = written(kind)[2]
    assert not re.search(r"<(img|script|link|iframe)|url\(|@import", html)


def test_customers_text_is_escaped_in_html_and_plain_in_text() -> None:
    _subject, text, html = written(Kind.PAID, customer_first_name="<b>O'Hara & Co")
    assert "Hello <b>O'Hara & Co," in text
    assert "<b>O" not in html
    assert "&lt;b&gt;O&#x27;Hara &amp; Co" in html


def test_order_number_of_two_lines_makes_no_header() -> None:
    subject, _text, _html = written(Kind.PAID, order_number="PR\r\nBcc: x@example.com")
    assert "\n" not in subject
    assert "\r" not in subject


def test_order_of_nothing_but_an_address_makes_a_mail() -> None:
    order = Order(session_id="s", order_id="ord_1", customer_email="grace@example.com")
    for kind in Kind:
        message = compose(Notification(order=order, kind=kind))
        assert "ord_1" in message.subject
        assert "None" not in str(message.body) + str(message.alternatives[0][0])


def test_file_backend_writes_whole_mails_that_can_be_opened(
    tmp_path: Path, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "orders.notifications.file_backend.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    order = merged_order(FULL, EventType)
    message = compose(Notification(order=order, kind=Kind.PAID))
    mail.get_connection().send_messages([message])
    (file,) = (tmp_path / "mail").iterdir()
    assert file.suffix == ".eml"
    written_mail = message_from_bytes(file.read_bytes())
    assert written_mail["To"] == "grace@example.com"
    assert written_mail["Message-ID"] == message.extra_headers["Message-ID"]
    assert [part.get_content_type() for part in written_mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
