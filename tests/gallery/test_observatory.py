"""Every kind of response has the headers for an A+ of Mozilla's HTTP Observatory."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from tests.helpers import WEBHOOK
from tests.integration.test_settings import read
from tests.observatory import A_PLUS, Exchange, score

from .conftest import MakeArtworks

HOST = "gallery.example.com"


@pytest.fixture(autouse=True)
def production(settings: Settings) -> None:
    """Answer as a deployment on https does."""
    for name, value in read(APP_URL=f"https://{HOST}").items():
        if name.startswith(("SECURE_", "SESSION_COOKIE", "CSRF_", "X_FRAME", "CONTENT_SECURITY")):
            setattr(settings, name, value)
    settings.ALLOWED_HOSTS = [HOST]
    settings.SECURE_PROXY_SSL_HEADER = None  # the test's client says itself what is secure


@pytest.fixture
def visitor(db: None) -> Client:
    return Client(headers={"host": HOST}, raise_request_exception=False)


@pytest.fixture
def staff(visitor: Client) -> Client:
    visitor.force_login(User.objects.create_superuser("operator"))
    return visitor


@pytest.fixture
def artwork(make_artworks: MakeArtworks) -> str:
    """Return the address of a picture's page."""
    [artwork] = make_artworks(1)
    return f"/art/{artwork.slug}/"


def failed(client: Client, path: str, *, status: int = 200, htmx: bool = False) -> dict[str, int]:
    """Return the tests that cost a response its A+, or nothing when it has one."""
    headers = {"HX-Request": "true"} if htmx else {}
    fetch = client.head if path.startswith("/static/") else client.get  # a file stays open
    response = fetch(path, secure=True, headers=headers)
    assert response.status_code == status, path
    text = "" if response.streaming else response.content.decode(errors="replace")
    total, modifiers = score(
        Exchange(
            headers=response.headers,
            html=text,
            cookies=response.cookies.values(),
            http_location=fetch(path).headers.get("Location", ""),
        )
    )
    return {} if total >= A_PLUS else {name: each for name, each in modifiers.items() if each < 0}


@pytest.mark.parametrize("path", ["/", "/guide/", "/upload/", "/creators/"])
def test_page_of_a_visitor_has_an_a_plus(visitor: Client, path: str) -> None:
    assert failed(visitor, path) == {}


def test_page_of_a_picture_has_an_a_plus(visitor: Client, artwork: str) -> None:
    assert failed(visitor, artwork) == {}
    assert failed(visitor, artwork, htmx=True) == {}


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/login/?next=/admin/"])
def test_login_has_an_a_plus(visitor: Client, path: str) -> None:
    assert failed(visitor, path) == {}


@pytest.mark.parametrize(
    "path",
    [
        "/dashboard/",
        "/dashboard/orders.csv",
        "/studio/",
        "/create-session/",
        "/admin/",
        "/admin/orders/order/",
    ],
)
def test_page_of_staff_has_an_a_plus(staff: Client, path: str) -> None:
    assert failed(staff, path) == {}


def test_what_is_no_page_has_an_a_plus_too(visitor: Client) -> None:
    assert failed(visitor, "/static/css/tokens.css") == {}
    assert failed(visitor, "/robots.txt") == {}
    assert failed(visitor, "/dashboard/", status=302) == {}


def test_error_has_an_a_plus(visitor: Client, settings: Settings, tmp_path: Path) -> None:
    assert failed(visitor, "/no/such/page/", status=404) == {}
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STATIC_ROOT = tmp_path  # static files are not collected
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    assert failed(visitor, "/creators/", status=500) == {}


def test_webhook_and_probes_have_an_a_plus_but_are_not_redirected(visitor: Client) -> None:
    for path, status in ((WEBHOOK, 405), ("/healthz", 200)):
        assert set(failed(visitor, path, status=status)) <= {"redirection"}


def test_pictures_may_be_shown_by_printora_and_nothing_else_of_ours(visitor: Client) -> None:
    for path, embedding in (
        ("/static/art/arch-stair-ball.jpg", "cross-origin"),
        ("/static/css/tokens.css", "same-origin"),
        ("/", "same-origin"),
    ):
        response = visitor.head(path, secure=True)
        assert response.headers["Cross-Origin-Resource-Policy"] == embedding


def test_picture_that_a_browser_has_keeps_its_headers(visitor: Client) -> None:
    path = "/static/art/arch-stair-ball.jpg"
    modified = visitor.head(path, secure=True).headers["Last-Modified"]
    response = visitor.head(path, secure=True, headers={"If-Modified-Since": modified})
    assert response.status_code == 304
    assert "Cross-Origin-Resource-Policy" not in response.headers
    assert "Content-Security-Policy" not in response.headers


def test_cookies_of_a_visitor_and_of_staff_have_an_a_plus(visitor: Client) -> None:
    User.objects.create_superuser("operator", password="a long password")
    login = {"username": "operator", "password": "a long password"}
    visitor.post("/theme/", {"theme": "dark"}, secure=True)
    visitor.post("/accounts/login/", login, secure=True)
    cookies = list(visitor.cookies.values())
    names = "-".join(cookie.key for cookie in cookies)
    assert "csrf" in names
    assert "session" in names
    assert score(Exchange({}, cookies=cookies))[1]["cookies"] == 5


@pytest.mark.parametrize(
    ("headers", "test", "modifier"),
    [
        ({}, "content-security-policy", -25),
        ({"Content-Security-Policy": "script-src 'self'"}, "content-security-policy", -20),
        ({"Content-Security-Policy": "default-src 'self'"}, "content-security-policy", 5),
        ({"Content-Security-Policy": "default-src 'none'"}, "content-security-policy", 10),
        (
            {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"},
            "content-security-policy",
            0,
        ),
        ({"Strict-Transport-Security": "max-age=3600"}, "strict-transport-security", -10),
        ({"X-Frame-Options": "DENY"}, "x-frame-options", 0),
        ({"Referrer-Policy": "unsafe-url"}, "referrer-policy", -5),
        ({"Cross-Origin-Resource-Policy": "anything"}, "cross-origin-resource-policy", -5),
    ],
)
def test_rules_are_those_of_the_observatory(
    headers: dict[str, str], test: str, modifier: int
) -> None:
    assert score(Exchange(headers))[1][test] == modifier
