"""Staff are signed out when they do nothing, and half a day after they signed in."""

import re

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.accounts.signing_in import LOGIN, enter_password, is_signed_in
from tests.helpers import ROOT

pytestmark = pytest.mark.django_db

MINUTE, HOUR = 60, 60 * 60
HTMX = {"HX-Request": "true"}


@pytest.fixture
def staff(client: Client, operator: User, clock: time_machine.Traveller) -> Client:
    """Return the browser of a person who has just signed in."""
    enter_password(client)
    return client


def test_hour_without_activity_ends_the_session(
    staff: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(HOUR)
    response = staff.get("/dashboard/?status=paid", follow=True)
    assert response.redirect_chain[-1][0] == f"{LOGIN}?next=/dashboard/%3Fstatus%3Dpaid"
    assert "signed out after 60 minutes without activity" in response.content.decode()
    assert not Session.objects.exists()


def test_activity_keeps_the_session(staff: Client, clock: time_machine.Traveller) -> None:
    for _ in range(3):
        clock.shift(HOUR - 1)
        assert is_signed_in(staff)


def test_twelve_hours_end_the_session_of_busy_people(
    staff: Client, clock: time_machine.Traveller
) -> None:
    for _ in range(23):
        clock.shift(30 * MINUTE)
        assert is_signed_in(staff)
    clock.shift(30 * MINUTE)
    page = staff.get("/dashboard/", follow=True).content.decode()
    assert "more than 12 hours ago" in page


def test_open_dashboard_that_polls_is_no_activity(
    staff: Client, clock: time_machine.Traveller
) -> None:
    for _ in range(59):
        clock.shift(MINUTE)
        assert staff.get("/dashboard/news/?newest=0", headers=HTMX).status_code == 204
    clock.shift(MINUTE)
    headers = HTMX | {"HX-Current-URL": "http://testserver/dashboard/"}
    response = staff.get("/dashboard/news/?newest=0", headers=headers)
    assert response["HX-Redirect"] == f"{LOGIN}?next=/dashboard/"


def test_every_page_of_staff_that_polls_is_in_the_setting(settings: Settings) -> None:
    templates = (ROOT / "templates").rglob("*.html")
    polled = {
        name
        for template in templates
        for tag in re.findall(r"<[^<]*?hx-trigger=\"every[^>]*>", template.read_text("utf-8"))
        for name in re.findall(r"hx-get=\"{% url '([a-z_:]+)'", tag)
    }
    assert polled - {"orders:callback_success_state"} == settings.STAFF_POLLED_VIEWS


def test_activity_costs_one_write_a_minute(
    staff: Client, clock: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    clock.shift(59)
    staff.get("/dashboard/")
    before = Session.objects.get().session_data
    staff.get("/dashboard/")
    assert Session.objects.get().session_data == before
    clock.shift(1)
    staff.get("/dashboard/")
    assert Session.objects.get().session_data != before


def test_form_that_comes_too_late_is_not_lost_without_a_word(
    staff: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(HOUR)
    response = staff.post(
        "/dashboard/flags/1/seen/",
        headers={"Referer": "http://testserver/dashboard/orders/ord_1/?page=2"},
        follow=True,
    )
    assert response.redirect_chain == [(f"{LOGIN}?next=/dashboard/orders/ord_1/%3Fpage%3D2", 302)]
    assert "nothing of what you sent was saved" in response.content.decode()


def test_form_in_the_admin_that_comes_too_late_is_not_lost_either(
    staff: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(HOUR)
    page = staff.post("/admin/auth/user/add/", {"username": "new"}, follow=True)
    assert "nothing of what you sent was saved" in page.content.decode()


def test_way_back_leads_to_no_other_site(staff: Client, clock: time_machine.Traveller) -> None:
    clock.shift(HOUR)
    response = staff.post(
        "/dashboard/flags/1/seen/", headers={"Referer": "https://evil.example/dashboard/"}
    )
    assert response["Location"] == f"{LOGIN}?next=/dashboard/"


def test_form_of_htmx_that_comes_too_late_leaves_the_page(
    staff: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(HOUR)
    headers = HTMX | {"HX-Current-URL": "http://testserver/dashboard/"}
    response = staff.post("/dashboard/flags/1/seen/", headers=headers)
    assert response["HX-Redirect"] == f"{LOGIN}?next=/dashboard/"
    assert "nothing of what you sent was saved" in staff.get(LOGIN).content.decode()


def test_cookie_of_the_visitor_stays(staff: Client, clock: time_machine.Traveller) -> None:
    staff.get("/my-prints/")
    staff.get("/upload/")
    before = staff.cookies["printora_visitor"].value
    clock.shift(HOUR)
    staff.get("/dashboard/")
    assert not is_signed_in(staff)
    assert staff.cookies["printora_visitor"].value == before


def test_session_from_before_this_rule_has_ended(staff: Client) -> None:
    session = staff.session
    del session["signed_in_at"]
    session.save()
    assert not is_signed_in(staff)


def test_clock_that_is_put_back_signs_nobody_out(
    staff: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(-HOUR)
    assert is_signed_in(staff)


def test_visitors_get_no_session(client: Client) -> None:
    for page in ("/", LOGIN, "/dashboard/", "/my-prints/"):
        client.get(page)
    client.post("/dashboard/flags/1/seen/")
    client.post(LOGIN, {"username": "nobody", "password": "wrong"})
    assert not Session.objects.exists()
