"""Staff need a code after the password, and nothing of staff's is open before."""

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from tests.accounts.authenticator import SET_UP, totp
from tests.accounts.signing_in import (
    CODE,
    LOGIN,
    RECOVERY,
    SECRET,
    enter_code,
    enter_password,
    is_signed_in,
    set_up,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_factor")]

STAFF_PAGES = [
    *("/dashboard/", "/dashboard/orders.csv", "/dashboard/events/", "/dashboard/deliveries/"),
    *("/studio/", "/create-session/", "/admin/", "/admin/orders/order/", "/admin/password_change/"),
]


def test_our_authenticator_agrees_with_the_rfc() -> None:
    with time_machine.travel(59, tick=False):  # RFC 6238, appendix B
        assert totp(SECRET) == "287082"


def test_code_after_the_password_signs_in_and_leads_back(client: Client, operator: User) -> None:
    set_up(operator)
    assert enter_password(client, page="/admin/")["Location"] == CODE
    before = client.session.session_key
    assert enter_code(client)["Location"] == "/admin/"
    assert is_signed_in(client)
    assert client.session.session_key != before


def test_superuser_who_is_not_staff_needs_it_too(client: Client, operator: User) -> None:
    User.objects.update(is_staff=False)
    assert enter_password(client)["Location"] == SET_UP


def test_person_who_is_not_staff_needs_none(client: Client) -> None:
    User.objects.create_user("visitor", password="own")
    assert enter_password(client, "own", name="visitor")["Location"] == "/dashboard/"


def test_without_the_setting_a_password_is_enough(
    client: Client, operator: User, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    enter_password(client)
    assert is_signed_in(client)


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_password_alone_opens_no_page_of_staff(client: Client, operator: User, page: str) -> None:
    set_up(operator)
    enter_password(client)
    for response in (client.get(page), client.post(page)):
        assert response.status_code in {302, 403, 405}
        assert "/dashboard/" not in response.content.decode()


def test_step_that_is_missing_is_where_every_page_leads(client: Client, operator: User) -> None:
    set_up(operator)
    enter_password(client)
    response = client.get("/dashboard/", follow=True)
    assert response.redirect_chain[-1][0] == CODE


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_session_from_before_the_setting_opens_nothing(
    client: Client, operator: User, page: str
) -> None:
    client.force_login(operator)
    assert client.get(page).status_code == 302
    assert client.post(page).status_code in {302, 405}


def test_session_that_is_not_verified_sees_public_pages_as_visitors_do(
    client: Client, operator: User
) -> None:
    client.force_login(operator)
    page = client.get("/").content.decode()
    assert "Sign out" not in page
    assert "/dashboard/" not in page


def test_person_who_becomes_staff_loses_the_unverified_session(client: Client) -> None:
    person = User.objects.create_user("visitor", password="own")
    enter_password(client, "own", name="visitor")
    person.is_staff = True
    person.save()
    assert not is_signed_in(client)


def test_htmx_leaves_the_page_for_the_sign_in(client: Client, operator: User) -> None:
    client.force_login(operator)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/dashboard/?status=paid"}
    response = client.get("/dashboard/news/", headers=headers)
    assert response["HX-Redirect"] == f"{LOGIN}?next=/dashboard/%3Fstatus%3Dpaid"


def test_wrong_code_does_not_sign_in(client: Client, operator: User) -> None:
    set_up(operator)
    enter_password(client)
    assert "This code is wrong" in enter_code(client, "000000").content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "12345a", "１２３４５６", "-12345", "1\0" * 3]
)
def test_what_is_no_code_is_not_tried(client: Client, operator: User, code: str) -> None:
    device = set_up(operator)
    enter_password(client)
    assert client.post(CODE, {"code": code}).status_code == 200
    device.refresh_from_db()
    assert device.throttling_failure_count == 0


def test_code_may_have_a_space_in_the_middle(client: Client, operator: User) -> None:
    set_up(operator)
    enter_password(client)
    code = totp(SECRET)
    enter_code(client, f"{code[:3]} {code[3:]}")
    assert is_signed_in(client)


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_clock_of_the_phone_may_differ_by_one_step(
    client: Client, operator: User, clock: time_machine.Traveller, steps: int, accepted: bool
) -> None:
    set_up(operator)
    enter_password(client)
    enter_code(client, totp(SECRET, steps=steps))
    assert is_signed_in(client) is accepted


def test_code_works_once_in_all_browsers(
    client: Client, operator: User, clock: time_machine.Traveller
) -> None:
    set_up(operator)
    other = Client()
    for browser in (client, other):
        enter_password(browser)
        enter_code(browser)
    assert is_signed_in(client)
    assert not is_signed_in(other)
    clock.shift(31)  # the next code, after the second of delay
    enter_code(other)
    assert is_signed_in(other)


def test_wrong_codes_are_slowed_down(
    client: Client, operator: User, clock: time_machine.Traveller
) -> None:
    set_up(operator)
    enter_password(client)
    for _ in range(5):
        enter_code(client, "000000")
        clock.shift(20)
    enter_code(client, "000000")
    assert "Try again in 32 seconds." in enter_code(client).content.decode()
    assert not is_signed_in(client)


def test_delay_after_wrong_codes_does_not_grow_for_ever(
    client: Client, operator: User, clock: time_machine.Traveller
) -> None:
    device = set_up(operator)
    for _ in range(20):
        enter_password(client)
        enter_code(client, "000000")
        clock.shift(35 * 60)
    device.refresh_from_db()
    assert device.throttling_failure_count == 12
    enter_password(client)
    enter_code(client)
    assert is_signed_in(client)


def test_password_is_forgotten_after_a_quarter_of_an_hour(
    client: Client, operator: User, clock: time_machine.Traveller
) -> None:
    set_up(operator)
    enter_password(client)
    clock.shift(15 * 60)
    assert enter_code(client)["Location"] == LOGIN
    assert "Enter your password first." in client.get(LOGIN).content.decode()


def test_changed_password_ends_the_sign_in_that_waits(client: Client, operator: User) -> None:
    set_up(operator)
    enter_password(client)
    operator.set_password("another")
    operator.save()
    assert enter_code(client)["Location"] == LOGIN


@pytest.mark.parametrize("page", [CODE, RECOVERY, SET_UP])
def test_pages_of_the_code_need_the_password_first(client: Client, page: str) -> None:
    assert client.get(page)["Location"] == LOGIN
    assert client.post(page, {"code": "123456"})["Location"] == LOGIN


def test_page_of_the_code_helps_the_phone_and_is_not_cached(client: Client, operator: User) -> None:
    set_up(operator)
    enter_password(client)
    response = client.get(CODE)
    page = response.content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    assert "no-store" in response["Cache-Control"]


def test_person_can_start_again(client: Client, operator: User) -> None:
    set_up(operator)
    enter_password(client)
    assert client.get(LOGIN)["Location"] == CODE
    client.post("/accounts/logout/", {"next": LOGIN})
    assert client.get(LOGIN).status_code == 200


def test_signing_in_as_somebody_else_ends_the_first_session(client: Client, operator: User) -> None:
    set_up(operator)
    User.objects.create_user("visitor", password="own")
    enter_password(client, "own", name="visitor")
    enter_password(client)
    assert "Sign out" not in client.get("/").content.decode()
