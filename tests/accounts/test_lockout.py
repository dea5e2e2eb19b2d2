"""Wrong passwords lock an attacker out, and never the person for good."""

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client

from tests.accounts.signing_in import LOGIN, enter_password, fail, is_signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operator")]

OTHER = "198.51.100.9"


def test_ten_wrong_passwords_lock_the_name_at_that_address(client: Client) -> None:
    fail(client, 9)
    assert enter_password(client, "wrong").status_code == 429
    assert enter_password(client).status_code == 429
    assert not is_signed_in(client)


def test_lock_of_one_address_leaves_the_others_open(client: Client) -> None:
    fail(client, 10)
    enter_password(client, address=OTHER)
    assert is_signed_in(client)


def test_twenty_names_from_one_address_lock_it_for_every_name(client: Client) -> None:
    for number in range(20):
        fail(client, 1, name=f"name-{number}")
    assert enter_password(client).status_code == 429


def test_network_of_an_ipv6_client_counts_as_one_address(client: Client) -> None:
    for number in range(10):
        fail(client, 1, address=f"2001:db8:1:2::{number:x}")
    assert enter_password(client, address="2001:db8:1:2:ffff::1").status_code == 429
    assert enter_password(client, address="2001:db8:1:3::1").status_code == 302


def test_ipv4_client_over_ipv6_has_its_ipv4_address(client: Client) -> None:
    fail(client, 10, address="::ffff:203.0.113.7")
    assert enter_password(client, address="203.0.113.7").status_code == 429


def test_socket_without_an_address_is_counted_too(client: Client) -> None:
    fail(client, 10, address="")
    assert enter_password(client, address="").status_code == 429


def test_changing_the_user_agent_does_not_help(client: Client) -> None:
    for number in range(10):
        data = {"username": "operator", "password": "wrong"}
        client.post(LOGIN, data, headers={"User-Agent": f"agent {number}"})
    assert enter_password(client, address="127.0.0.1").status_code == 429


def test_name_attacked_from_everywhere_is_locked_for_new_browsers(client: Client) -> None:
    for number in range(30):
        fail(Client(), 1, address=f"198.51.100.{number}")
    assert enter_password(client).status_code == 429


def test_name_attacked_from_everywhere_stays_open_in_a_known_browser(client: Client) -> None:
    enter_password(client)
    client.post("/accounts/logout/")
    for number in range(30):
        fail(Client(), 1, address=f"198.51.100.{number}")
    enter_password(client)
    assert is_signed_in(client)


def test_attacker_at_the_same_address_does_not_lock_a_known_browser(client: Client) -> None:
    enter_password(client)
    client.post("/accounts/logout/")
    fail(Client(), 10)
    enter_password(client)
    assert is_signed_in(client)


def test_known_browser_has_ten_tries_as_well(client: Client) -> None:
    enter_password(client)
    client.post("/accounts/logout/")
    fail(client, 10)
    assert enter_password(client).status_code == 429


def test_known_browser_of_one_person_counts_for_no_other(client: Client) -> None:
    User.objects.create_user("attacker", password="own", is_staff=True)
    enter_password(client, "own", name="attacker")
    fail(client, 10)
    assert enter_password(client).status_code == 429


def test_cookie_of_a_known_browser_cannot_be_forged(client: Client) -> None:
    client.cookies["dreamcanvas_session_known"] = "0" * 32 + ":1abcde:forged"
    fail(client, 10)
    assert enter_password(client).status_code == 429


def test_locked_page_says_when_to_try_again(client: Client, clock: time_machine.Traveller) -> None:
    fail(client, 10)
    clock.shift(5 * 60)
    response = enter_password(client)
    assert response["Retry-After"] == "600"
    assert "in 10 minutes" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_lock_ends_while_the_attacker_goes_on(
    client: Client, clock: time_machine.Traveller
) -> None:
    fail(client, 10)
    clock.shift(10 * 60)
    fail(client, 1)
    clock.shift(5 * 60 + 1)
    enter_password(client)
    assert is_signed_in(client)


def test_right_password_forgets_the_wrong_ones_before(client: Client) -> None:
    fail(client, 9)
    enter_password(client)
    client.post("/accounts/logout/")
    client.cookies.clear()
    assert enter_password(client, "wrong").status_code == 200


def test_attacker_with_an_account_cannot_reset_the_address(client: Client) -> None:
    User.objects.create_user("attacker", password="own", is_staff=True)
    for number in range(19):
        fail(client, 1, name=f"name-{number}")
    enter_password(Client(), "own", name="attacker")
    fail(client, 1, name="name-19")
    assert enter_password(client).status_code == 429


def test_locked_answer_is_a_page_for_scripts_too(client: Client) -> None:
    fail(client, 10)
    response = client.post(
        LOGIN,
        {"username": "operator", "password": "wrong"},
        REMOTE_ADDR="203.0.113.7",
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert response.status_code == 429
    assert response["Content-Type"].startswith("text/html")


def test_rows_hold_neither_name_nor_password_of_the_form(client: Client) -> None:
    enter_password(client, "my-secret-password")
    assert "my-secret-password" not in AccessAttempt.objects.get().post_data
