"""One page takes passwords, and it bears whatever is sent to it."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.accounts.signing_in import LOGIN, NAME, PASSWORD, enter_password, fail, is_signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operator")]


def test_admin_leads_to_the_one_sign_in_page(client: Client) -> None:
    response = client.get("/admin/orders/order/?q=dune", follow=True)
    assert response.redirect_chain[-1][0] == (
        f"{LOGIN}?next=%2Fadmin%2Forders%2Forder%2F%3Fq%3Ddune"
    )


def test_admin_takes_no_password_of_its_own(client: Client) -> None:
    client.post("/admin/login/", {"username": NAME, "password": PASSWORD, "next": "/admin/"})
    assert not is_signed_in(client)


def test_sign_in_leads_back_to_the_page(client: Client) -> None:
    assert enter_password(client, page="/admin/")["Location"] == "/admin/"


@pytest.mark.parametrize(
    "page", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_leads_to_no_other_site(client: Client, page: str) -> None:
    assert enter_password(client, page=page)["Location"] == "/dashboard/"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("oper\0ator", PASSWORD),
        (NAME, "pass\0word"),
        ("x" * 151, PASSWORD),
        ("x" * 100_000, PASSWORD),
        ("ﬀ" * 150, PASSWORD),  # three times as long in Django's normal form
        (NAME, "x" * 1025),
        ("\ud800", PASSWORD),
        ("", ""),
    ],
    ids=["nul", "nul password", "long", "longer", "ligatures", "long password", "half", "none"],
)
def test_odd_name_or_password_shows_the_form_again(
    client: Client, name: str, password: str
) -> None:
    body = urlencode({"username": name, "password": password}, errors="surrogatepass")
    response = client.post(LOGIN, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert "That did not work." in response.content.decode()


@pytest.mark.parametrize("name", [f" {NAME} ", "ｏｐｅｒａｔｏｒ"])
def test_other_spelling_of_a_name_has_the_same_lock(client: Client, name: str) -> None:
    fail(client, 10, name=name)
    assert enter_password(client).status_code == 429


def test_other_case_of_a_name_is_another_name(client: Client) -> None:
    assert "That did not work." in enter_password(client, name=NAME.upper()).content.decode()


def test_inactive_person_does_not_sign_in(client: Client) -> None:
    User.objects.update(is_active=False)
    enter_password(client)
    assert not is_signed_in(client)


def test_signing_out_needs_a_form(client: Client) -> None:
    enter_password(client)
    assert client.get("/accounts/logout/").status_code == 405
    assert is_signed_in(client)
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert not is_signed_in(client)


def test_signing_out_leads_to_no_other_site(client: Client) -> None:
    response = client.post("/accounts/logout/", {"next": "https://evil.example/"})
    assert response["Location"] == "/"


def test_new_password_ends_the_other_sessions(client: Client, operator: User) -> None:
    other = Client()
    enter_password(client)
    enter_password(other)
    data = {
        "old_password": PASSWORD,
        "new_password1": "another long one",
        "new_password2": "another long one",
    }
    client.post("/admin/password_change/", data)
    assert is_signed_in(client)
    assert not is_signed_in(other)


@pytest.mark.parametrize("address", ["/dashboard/", "/studio/", "/admin/", "/create-session/", "/"])
def test_no_page_of_a_signed_in_person_is_cached(client: Client, address: str) -> None:
    enter_password(client)
    assert "no-store" in client.get(address)["Cache-Control"]


def test_pages_of_visitors_are_not_marked(client: Client) -> None:
    assert "no-store" not in client.get("/").get("Cache-Control", "")
