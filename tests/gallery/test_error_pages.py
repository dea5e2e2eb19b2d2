import pytest
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.views import defaults
from pytest_django import Settings


@pytest.mark.django_db
def test_not_found_is_friendly_and_leads_back(client: Client) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "This page does not exist" in response.content.decode()


def test_server_error_page_needs_neither_database_nor_manifest(settings: Settings) -> None:
    manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    response = defaults.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


def test_bad_request_page_renders_without_a_request() -> None:
    page = get_template("400.html").render()
    assert "We could not read that request" in page
    assert 'href="/"' in page


@pytest.mark.django_db
def test_sign_in_mentions_the_demo_login_in_debug_only(client: Client, settings: Settings) -> None:
    assert "<kbd>demo</kbd>" not in client.get("/accounts/login/").content.decode()
    settings.DEBUG = True
    assert "<kbd>demo</kbd>" in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
def test_demo_shows_the_same_page_as_production(client: Client, settings: Settings) -> None:
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "dreamcanvas.not_found.OwnNotFoundMiddleware"]
    response = client.get("/art/no-such-picture/")
    assert response.status_code == 404
    assert "URLconf" not in response.content.decode()
    assert "DreamCanvas" in response.content.decode()
