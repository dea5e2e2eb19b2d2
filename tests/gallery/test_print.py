import pytest
from django.test import Client

from printora_integration.models import PrintSession

from .conftest import MakeArtworks
from .fake_printora import FakePrintora


@pytest.fixture
def picture_page(client: Client, make_artworks: MakeArtworks) -> Client:
    """Return a visitor who has opened a picture."""
    make_artworks(1)
    client.get("/art/picture-0/")
    return client


def test_print_sends_the_visitor_to_the_editor(
    picture_page: Client, printora: FakePrintora
) -> None:
    response = picture_page.post("/art/picture-0/print/")
    assert response.status_code == 303
    assert response["Location"] == "https://printora.ai/en/print/token-1"
    ((key, body),) = printora.requests
    assert key
    assert body["imageUrl"] == "http://localhost:8000/static/art/picture-0.jpg"


def test_second_click_finds_the_same_session(picture_page: Client, printora: FakePrintora) -> None:
    first, second = (picture_page.post("/art/picture-0/print/") for _ in range(2))
    assert first["Location"] == second["Location"]
    assert len(printora.requests) == 1
    assert PrintSession.objects.count() == 1


def test_retry_after_a_failure_repeats_the_same_idempotency_key(
    picture_page: Client, printora: FakePrintora
) -> None:
    printora.refuses(500, "INTERNAL_ERROR")
    assert picture_page.post("/art/picture-0/print/").status_code == 503
    printora.status = 201
    printora.redirects_to("https://printora.ai/en/print/token-1")
    assert picture_page.post("/art/picture-0/print/").status_code == 303
    keys = {key for key, _ in printora.requests}
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("status", "code", "message", "answer"),
    [
        (400, "INVALID_IMAGE_URL", "could not accept this request", 502),
        (401, "INVALID_API_KEY", "did not accept our API key", 502),
        (403, "FORBIDDEN", "did not allow this", 502),
        (404, "NOT_FOUND", "does not know this", 502),
        (410, "SESSION_EXPIRED", "This link no longer works", 502),
        (429, "RATE_LIMIT_EXCEEDED", "The print shop is busy", 503),
        (500, "INTERNAL_ERROR", "The print shop has a problem", 503),
        (503, "INTERNAL_ERROR", "The print shop has a problem", 503),
    ],
)
def test_refusal_is_explained_with_a_safe_retry(
    picture_page: Client, printora: FakePrintora, status: int, code: str, message: str, answer: int
) -> None:
    printora.refuses(status, code)
    response = picture_page.post("/art/picture-0/print/")
    page = response.content.decode()
    assert response.status_code == answer
    assert message in page
    assert "Nothing was ordered and nothing was charged." in page
    assert 'action="/art/picture-0/print/"' in page
    assert 'href="/art/picture-0/"' in page
    for secret in (code, "sk_live"):
        assert secret not in page


def test_rate_limit_shows_how_long_to_wait(picture_page: Client, printora: FakePrintora) -> None:
    printora.refuses(429, "RATE_LIMIT_EXCEEDED", Retry_After="37")
    response = picture_page.post("/art/picture-0/print/")
    assert 36 <= int(response["Retry-After"]) <= 37
    assert f"{response['Retry-After']} seconds" in response.content.decode()


def test_missing_response_is_shown_as_no_answer(picture_page: Client, no_printora: None) -> None:
    response = picture_page.post("/art/picture-0/print/")
    assert response.status_code == 503
    assert "The print shop did not answer" in response.content.decode()
    assert "Retry-After" not in response


def test_response_that_is_not_json_is_shown_as_not_understood(
    picture_page: Client, printora: FakePrintora
) -> None:
    printora.body = b"<html>maintenance</html>"
    response = picture_page.post("/art/picture-0/print/")
    assert response.status_code == 502
    assert "We did not understand the print shop" in response.content.decode()


def test_editor_on_a_foreign_host_is_not_visited(
    picture_page: Client, printora: FakePrintora
) -> None:
    printora.redirects_to("https://printora.ai.evil.example/en/print/token-1")
    response = picture_page.post("/art/picture-0/print/")
    page = response.content.decode()
    assert response.status_code == 502
    assert "The print shop sent an unknown address" in page
    assert "evil" not in page


def test_print_that_is_only_read_starts_nothing_and_leads_to_the_picture(
    picture_page: Client, printora: FakePrintora
) -> None:
    response = picture_page.get("/art/picture-0/print/")
    assert (response.status_code, response["Location"]) == (302, "/art/picture-0/")
    assert (len(printora.requests), PrintSession.objects.count()) == (0, 0)
    assert picture_page.get("/art/no-such-picture/print/").status_code == 404
    assert picture_page.put("/art/picture-0/print/").status_code == 405


def test_theme_switch_on_the_print_failed_page_leads_to_the_picture(
    picture_page: Client, no_printora: None
) -> None:
    page = picture_page.post("/art/picture-0/print/").content.decode()
    assert '<input type="hidden" name="next" value="/art/picture-0/print/">' in page
    answer = picture_page.post("/theme/", {"theme": "dark", "next": "/art/picture-0/print/"})
    assert picture_page.get(answer["Location"], follow=True).status_code == 200


def test_print_of_an_unknown_picture_is_404(client: Client, db: None) -> None:
    assert client.post("/art/no-such-picture/print/").status_code == 404


def test_print_without_the_form_s_token_is_refused(make_artworks: MakeArtworks) -> None:
    make_artworks(1)
    response = Client(enforce_csrf_checks=True).post("/art/picture-0/print/")
    assert response.status_code == 403
    assert "This page has expired" in response.content.decode()
