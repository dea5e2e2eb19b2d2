"""Staff see the print sessions of visitors, and how many were paid."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from orders.dashboard.conversion import conversion
from orders.models import Order
from printora_integration.models import PrintSession

pytestmark = pytest.mark.django_db

SESSIONS = "/dashboard/sessions/"


def make_session(number: int, **columns: object) -> PrintSession:
    return PrintSession.objects.create(
        **{
            "visitor": f"v{number}",
            "reference": "dune",
            "title": "Dune",
            "session_id": f"sess_{number}",
            "redirect_url": "https://printora.ai/en/print/tok_secret",
        }
        | columns
    )


def order_of(number: int, status: str) -> None:
    Order.objects.create(session_id=f"sess_{number}", order_id=f"ord_{number}", status=status)


def test_sessions_are_for_staff_only(client: Client) -> None:
    assert client.get(SESSIONS)["Location"].startswith("/accounts/login/")
    client.force_login(User.objects.create_user("visitor"))
    assert client.get(SESSIONS).status_code == 403


def test_empty_page_says_so(staff_client: Client) -> None:
    assert "No sessions here" in staff_client.get(SESSIONS).content.decode()


def test_funnel_counts_each_step(staff_client: Client) -> None:
    make_session(0)
    make_session(1, visited_at=timezone.now(), status="expired")
    make_session(2, status="completed")
    make_session(3, status="completed", mode="merch", reference="mug", title="Mug")
    order_of(2, "pending")
    order_of(3, "shipped")
    whole = conversion().whole
    assert (whole.created, whole.visited, whole.ordered, whole.paid) == (4, 3, 2, 1)
    assert [(flow.name, flow.created, flow.paid) for flow in conversion().flows] == [
        ("A picture", 3, 0),
        ("One merch item", 1, 1),
    ]
    assert [(art.name, art.ordered) for art in conversion().artworks] == [("Dune", 1), ("Mug", 1)]
    page = staff_client.get(SESSIONS).content.decode()
    assert [word for word in ("By flow", "By artwork", "100.0 %") if word not in page] == []


def test_old_sessions_do_not_count(staff_client: Client) -> None:
    old = make_session(0)
    PrintSession.objects.filter(pk=old.pk).update(created_at="2020-01-01T00:00Z")
    assert conversion().whole.created == 0
    assert staff_client.get(SESSIONS).context["page"].object_list == []


def test_list_filters_by_status_flow_and_id(staff_client: Client) -> None:
    make_session(0)
    make_session(1, mode="merch", status="expired")

    def found(**query: str) -> list[str]:
        page = staff_client.get(SESSIONS, query).context["page"]
        return [session.session_id for session in page.object_list]

    assert found(status="expired") == ["sess_1"]
    assert found(mode="image") == ["sess_0"]
    assert found(q="sess_1") == ["sess_1"]


def test_visitors_link_is_not_shown(staff_client: Client) -> None:
    make_session(0)
    assert "tok_secret" not in staff_client.get(SESSIONS).content.decode()


@pytest.mark.parametrize("count", [1, 60])
def test_list_takes_10_queries_at_first_and_4_later(
    staff_client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_session(number)
        order_of(number, "paid")
    with django_assert_max_num_queries(10):
        staff_client.get(SESSIONS)
    with django_assert_max_num_queries(4):
        staff_client.get(SESSIONS)
