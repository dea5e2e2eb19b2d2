import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_chosen_theme_is_rendered_by_the_server(client: Client, theme: str) -> None:
    response = client.post("/theme/", {"theme": theme, "next": "/?page=1"})
    assert (response.status_code, response["Location"]) == (303, "/?page=1")
    assert f'data-theme="{theme}"' in client.get("/").content.decode()


def test_no_choice_leaves_it_to_the_device(client: Client) -> None:
    assert "data-theme=" not in client.get("/").content.decode()


def test_auto_forgets_the_choice(client: Client) -> None:
    client.post("/theme/", {"theme": "dark"})
    client.post("/theme/", {"theme": "auto"})
    assert "data-theme=" not in client.get("/").content.decode()


def test_made_up_cookie_is_ignored(client: Client) -> None:
    client.cookies["theme"] = '"><script>'
    page = client.get("/").content.decode()
    assert "data-theme=" not in page
    assert '"><script>' not in page


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", r"/\evil.example"],
)
def test_switch_leads_nowhere_else(client: Client, target: str) -> None:
    response = client.post("/theme/", {"theme": "dark", "next": target})
    assert response["Location"] == "/"


def test_switch_is_for_post_only(client: Client) -> None:
    assert client.get("/theme/").status_code == 405
