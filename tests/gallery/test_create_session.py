"""Developers make a session by hand and see the request and the response."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from tests.gallery.fake_printora import FakePrintora

pytestmark = pytest.mark.django_db

FORM = {"image_url": "https://example.com/cat.jpg", "email": "ada@example.com"}


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.DEBUG = True


@pytest.mark.usefixtures("demo")
def test_request_and_response_are_shown(client: Client, printora: FakePrintora) -> None:
    page = client.post("/create-session/", FORM).content.decode()
    key, _body = printora.requests[0]
    assert f"Idempotency-Key: {key}" in page
    assert "https://example.com/cat.jpg" in page
    assert "response 201" in page
    assert 'href="https://printora.ai/en/print/token-1"' in page


@pytest.mark.usefixtures("demo")
def test_key_is_never_shown(client: Client, printora: FakePrintora, settings: Settings) -> None:
    settings.PRINTORA_API_KEY = "sk_test_very_secret"
    page = client.post("/create-session/", FORM).content.decode()
    assert printora.requests
    assert "very_secret" not in page


@pytest.mark.usefixtures("demo")
def test_same_form_again_sends_nothing(client: Client, printora: FakePrintora) -> None:
    for _time in range(2):
        page = client.post("/create-session/", FORM).content.decode()
    assert len(printora.requests) == 1
    assert "nothing was sent" in page


@pytest.mark.usefixtures("demo")
def test_refusal_is_shown_with_its_response(client: Client, printora: FakePrintora) -> None:
    printora.refuses(400, "INVALID_IMAGE_URL")
    response = client.post("/create-session/", FORM)
    page = response.content.decode()
    assert response.status_code == 502
    assert "INVALID_IMAGE_URL" in page
    assert "response 400" in page


@pytest.mark.usefixtures("demo", "no_printora")
def test_missing_response_is_shown_as_no_answer(client: Client) -> None:
    response = client.post("/create-session/", FORM)
    assert response.status_code == 503
    assert "The print shop did not answer" in response.content.decode()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("url", ["", "cat.jpg", "ftp://example.com/cat.jpg", "https://"])
def test_invalid_address_is_refused_before_it_is_sent(
    client: Client, printora: FakePrintora, url: str
) -> None:
    response = client.post("/create-session/", FORM | {"image_url": url})
    assert response.status_code == 400
    assert not printora.requests


def test_outside_the_demo_it_is_for_staff(client: Client, staff_client: Client) -> None:
    assert client.get("/create-session/")["Location"].startswith("/accounts/login/")
    client.force_login(User.objects.create_user("ada"))
    assert client.get("/create-session/").status_code == 403
    assert staff_client.get("/create-session/").status_code == 200
