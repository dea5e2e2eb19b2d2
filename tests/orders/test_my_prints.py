"""A visitor sees their own prints, and how far each order is."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from printora_integration.models import PrintSession
from printora_integration.print_sessions.visitors import COOKIE
from tests.helpers import deliver, webhook

pytestmark = pytest.mark.django_db

Status = PrintSession.Status


def begin(visitor: str, number: int = 1, **columns: object) -> PrintSession:
    return PrintSession.objects.create(
        **{
            "visitor": visitor,
            "reference": f"picture-{number}",
            "title": f"Picture {number}",
            "image_url": f"http://localhost:8000/static/art/picture-{number}.jpg",
            "back_url": f"/art/picture-{number}/",
            "session_id": f"sess_{visitor}_{number}",
            "redirect_url": f"https://printora.ai/en/print/token-{number}",
            "status": Status.PENDING,
        }
        | columns
    )


@pytest.fixture
def visitor(client: Client) -> str:
    """Return the id of the visitor whose browser `client` is."""
    request = client.get("/my-prints/").wsgi_request
    visitor_id: str = request._printora_visitor  # type: ignore[attr-defined]
    return visitor_id


def page_of(client: Client, query: str = "") -> str:
    return client.get(f"/my-prints/{query}").content.decode()


def test_visitor_without_prints_is_shown_the_way_to_the_gallery(client: Client) -> None:
    assert "Nothing on the press yet" in page_of(client)


def test_visitor_sees_only_their_own_prints(client: Client, visitor: str) -> None:
    begin(visitor, 1)
    begin("somebody-else", 2)
    page = page_of(client)
    assert "Picture 1" in page
    assert "Picture 2" not in page


def test_nobody_sees_them_without_the_cookie(client: Client, visitor: str) -> None:
    begin(visitor)
    del client.cookies[COOKIE]
    assert "Picture 1" not in page_of(client)


def test_open_print_can_be_continued(client: Client, visitor: str) -> None:
    begin(visitor)
    assert 'href="https://printora.ai/en/print/token-1"' in page_of(client)


@pytest.mark.parametrize("status", [Status.EXPIRED, Status.CANCELLED, Status.COMPLETED])
def test_finished_print_has_no_link_to_printora(
    client: Client, visitor: str, status: PrintSession.Status
) -> None:
    begin(visitor, status=status)
    assert "printora.ai/en/print" not in page_of(client)


def test_order_and_its_parcel_are_shown(client: Client, visitor: str) -> None:
    session = begin(visitor)
    deliver(client, webhook("order.created", session=str(session.session_id)))
    shipped = {"trackingNumber": "TRK-9", "trackingUrl": "https://carrier.example/TRK-9"}
    deliver(client, webhook("order.shipped", session=str(session.session_id), data=shipped))
    page = page_of(client)
    assert "Shipped" in page
    assert 'href="https://carrier.example/TRK-9"' in page


def test_page_takes_two_queries_however_many_prints(
    client: Client, visitor: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        begin(visitor, number)
    with django_assert_num_queries(2):
        client.get("/my-prints/")


def test_older_prints_are_a_page_away(client: Client, visitor: str) -> None:
    for number in range(21):
        begin(visitor, number)
    page = client.get("/my-prints/")
    assert "Picture 0<" not in page.content.decode()
    assert "Picture 0<" in page_of(client, page.context["page"].next_url)


def test_page_is_never_cached(client: Client) -> None:
    assert "no-store" in client.get("/my-prints/")["Cache-Control"]


def test_print_that_printora_never_answered_can_be_tried_again(
    client: Client, visitor: str
) -> None:
    begin(visitor, status=Status.NEW, session_id=None, redirect_url="")
    page = page_of(client)
    assert "Printora did not answer" in page
    assert "expired" not in page


def test_order_that_waits_for_its_payment_shows_where_to_pay(client: Client, visitor: str) -> None:
    session = begin(visitor)
    payment = {"paymentUrl": "https://printora.ai/pay/1"}
    deliver(client, webhook("order.created", payment, session=str(session.session_id)))
    assert 'href="https://printora.ai/pay/1"' in page_of(client)
