"""The merch design editor: one link, one saved design."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.sandbox.shop import Shop
from tests.sandbox.visitor import NO_POOL
from tests.sandbox_process import SandboxProcess

DESIGN = {"image": "https://example.com/new.png", "x": "10", "y": "0", "scale": "50", "turn": "45"}


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=20, limits=NO_POOL) as client:
        yield client


def _press(browser: httpx.Client, url: str, **fields: str) -> httpx.Response:
    token = browser.cookies["sandbox_csrf"]
    return browser.post(url, data={"csrfmiddlewaretoken": token, **fields})


def _read(shop: Shop, merch: dict[str, Any]) -> Any:
    path = f"/creators/{merch['creatorId']}/merch/{merch['id']}"
    return shop.call("GET", path).json()["merch"]


def test_editor_shows_the_design_on_its_product(shop: Shop, browser: httpx.Client) -> None:
    created = shop.created_merch()
    page = browser.get(created["editSession"]["editorUrl"])
    assert page.status_code == 200
    assert "Dune tee" in page.text
    assert "https://example.com/dune.png" in page.text
    assert 'name="nudge"' in page.text
    assert "no-store" in page.headers["cache-control"]


def test_buttons_move_the_design_and_save_nothing(shop: Shop, browser: httpx.Client) -> None:
    created = shop.created_merch()
    url = created["editSession"]["editorUrl"]
    browser.get(url)
    page = _press(browser, url, **DESIGN, nudge="bigger", colour="navy")
    assert page.status_code == 200
    assert "rotate(45) scale(0.6)" in page.text
    assert "https://example.com/new.png" in page.text
    assert "#23314f" in page.text.split("editor__panel")[0]
    assert _read(shop, created["merch"])["konvaMetadata"] is None


def test_saved_design_changes_the_merch_and_ends_the_edit_session(
    shop: Shop, browser: httpx.Client
) -> None:
    created = shop.created_merch()
    url = created["editSession"]["editorUrl"]
    browser.get(url)
    response = _press(browser, url, **DESIGN, save="1")
    assert response.status_code == 303
    done = browser.get(httpx.URL(url).join(response.headers["location"]))
    assert done.status_code == 200
    assert "Design saved" in done.text
    assert "rotate(45) scale(0.5)" in done.text
    merch = _read(shop, created["merch"])
    assert merch["designImageUrl"] == DESIGN["image"]
    assert merch["konvaMetadata"]["attrs"] == {
        "x": 10,
        "y": 0,
        "rotation": 45,
        "scaleX": 0.5,
        "scaleY": 0.5,
    }
    for again in (browser.get(url), _press(browser, url, **DESIGN, save="1")):
        assert again.status_code == 410
        assert "has been used" in again.text


def test_new_link_opens_the_last_saved_design(shop: Shop, browser: httpx.Client) -> None:
    created = shop.created_merch()
    url = created["editSession"]["editorUrl"]
    browser.get(url)
    _press(browser, url, **DESIGN, save="1")
    merch = created["merch"]
    path = f"/creators/{merch['creatorId']}/merch/{merch['id']}/edit-session"
    fresh = shop.call("POST", path).json()["editSession"]["editorUrl"]
    assert "rotate(45) scale(0.5)" in browser.get(fresh).text


@pytest.mark.parametrize("image", ["", "nonsense", "http://example.com/a.png", "javascript:x()"])
def test_picture_that_the_api_would_refuse_is_refused(
    shop: Shop, browser: httpx.Client, image: str
) -> None:
    created = shop.created_merch()
    url = created["editSession"]["editorUrl"]
    browser.get(url)
    response = _press(browser, url, **{**DESIGN, "image": image}, save="1")
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text
    assert f'href="{image}"' not in response.text
    assert browser.get(url).status_code == 200


def test_merch_without_a_design_gets_its_first_design(shop: Shop, browser: httpx.Client) -> None:
    created = shop.created_merch(designImageUrl=None)
    url = created["editSession"]["editorUrl"]
    assert "<image" not in browser.get(url).text
    assert _press(browser, url, **DESIGN, save="1").status_code == 303
    assert _read(shop, created["merch"])["hasDesign"] is True


@pytest.mark.parametrize("path", ["t-shirt/" + "a" * 64, "t-shirt/x", "boat/" + "a" * 64])
def test_unknown_link_gets_a_plain_404_page(
    sandbox: SandboxProcess, browser: httpx.Client, path: str
) -> None:
    page = browser.get(f"{sandbox.url}/en/merch/{path}")
    assert page.status_code == 404
    assert "We don&#x27;t know this link" in page.text


def test_link_of_another_product_is_unknown(shop: Shop, browser: httpx.Client) -> None:
    url = shop.created_merch()["editSession"]["editorUrl"].replace("/t-shirt/", "/mug/")
    assert browser.get(url).status_code == 404


def test_expired_link_shows_a_message() -> None:
    with SandboxProcess(env={"SANDBOX_EDIT_LINK_LIFETIME": "0"}) as sandbox:
        url = Shop(sandbox).created_merch()["editSession"]["editorUrl"]
        page = httpx.get(url)
    assert page.status_code == 410
    assert "has expired" in page.text
    assert "Back to DreamCanvas" in page.text
