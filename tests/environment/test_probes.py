"""A probe calls a pod by its address: it is answered whatever the host, over HTTP too."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.one_database

HOSTS = [
    "10.1.2.3:8000",
    "localhost",
    "",
    "no host at all",
    "other.example.com",
    "[::1",
    "a_b",
    "*",
]


@pytest.fixture(autouse=True)
def https(settings: Settings) -> None:
    """Answer to one host only, and redirect everything else to HTTPS."""
    settings.ALLOWED_HOSTS = ["gallery.example.com"]
    settings.SECURE_SSL_REDIRECT = True


@pytest.mark.parametrize("host", HOSTS)
def test_liveness_is_answered_whatever_the_host(client: Client, host: str) -> None:
    response = client.get("/healthz", headers={"host": host})
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
@pytest.mark.parametrize("host", HOSTS[:3])
def test_readiness_is_answered_whatever_the_host(client: Client, host: str) -> None:
    response = client.get("/readyz", headers={"host": host, "accept": "application/json"})
    assert response.status_code in {200, 503}
    assert response.json()["Deployment()"] == "OK"


def test_readiness_as_a_page_has_the_headers_of_a_page(client: Client) -> None:
    response = client.get("/readyz", headers={"host": "10.1.2.3", "accept": "text/html"})
    assert "Content-Security-Policy" in response.headers
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_page_is_answered_under_our_own_host_only(client: Client) -> None:
    assert client.get("/guide/", secure=True, headers={"host": "10.1.2.3"}).status_code == 400
