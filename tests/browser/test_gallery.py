"""The gallery in a browser: dialog, address, more pictures, likes, keys; and without JavaScript."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.journey import Journey

pytestmark = pytest.mark.browser

PHONE_WITHOUT_JAVASCRIPT: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "java_script_enabled": False,
}


@pytest.fixture
def gallery(journey: Journey) -> Page:
    """Return a page that shows the gallery."""
    journey.page.goto(journey.site)
    return journey.page


def tile(page: Page, number: int) -> Locator:
    """Return the link of a tile."""
    return page.locator(".tile__title a").nth(number)


def open_viewer(page: Page, number: int) -> Locator:
    """Click a tile and return the dialog, once it is open."""
    tile(page, number).click()
    viewer = page.locator("#viewer[open]")
    expect(viewer.locator("h1")).to_have_text(tile(page, number).inner_text())
    return viewer


@pytest.mark.parametrize("exit_by", ["Escape", "Back", "Close"])
def test_dialog_has_the_picture_s_address_and_closing_it_returns_to_the_tile(
    gallery: Page, exit_by: str
) -> None:
    home = gallery.url
    href = tile(gallery, 2).get_attribute("href")
    viewer = open_viewer(gallery, 2)
    expect(gallery).to_have_url(re.compile(re.escape(href or "?") + "$"))
    if exit_by == "Back":
        gallery.go_back()
    elif exit_by == "Close":
        viewer.get_by_role("button", name="Close").click()
    else:
        gallery.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(gallery).to_have_url(home)
    expect(tile(gallery, 2)).to_be_focused()
    expect(gallery).to_have_title(re.compile("ready for press"))


def test_forward_opens_the_dialog_again(gallery: Page) -> None:
    viewer = open_viewer(gallery, 1)
    gallery.go_back()
    expect(viewer).to_have_count(0)
    gallery.go_forward()
    expect(viewer.locator("h1")).to_have_text(tile(gallery, 1).inner_text())


def test_neighbours_in_the_dialog_keep_the_filter_and_focus_follows(journey: Journey) -> None:
    page = journey.page
    page.goto(f"{journey.site}/?category=landscape&sort=trending")
    second = tile(page, 1).inner_text()
    viewer = open_viewer(page, 0)
    viewer.locator("[rel=next]").click()
    expect(viewer.locator("h1")).to_have_text(second)
    expect(page).to_have_url(re.compile(r"category=landscape&sort=trending$"))
    page.keyboard.press("Escape")
    expect(tile(page, 1)).to_be_focused()
    expect(page).to_have_url(f"{journey.site}/?category=landscape&sort=trending")


def test_reload_of_the_dialog_shows_the_whole_page_and_back_leads_to_the_gallery(
    gallery: Page,
) -> None:
    home = gallery.url
    title = tile(gallery, 1).inner_text()
    open_viewer(gallery, 1)
    gallery.reload()
    expect(gallery.locator("main > .proof h1")).to_have_text(title)
    gallery.go_back()
    expect(gallery).to_have_url(home)
    expect(gallery.locator(".tile").first).to_be_visible()


def test_gallery_loads_more_as_the_visitor_scrolls_and_nothing_moves(gallery: Page) -> None:
    expect(gallery.locator(".tile")).to_have_count(12)
    before = tile(gallery, 5).bounding_box()
    position = gallery.evaluate("scrollY")
    gallery.locator("#pager").scroll_into_view_if_needed()
    expect(gallery.locator(".tile")).to_have_count(24)
    gallery.locator("#pager").scroll_into_view_if_needed()
    expect(gallery.locator(".tile")).to_have_count(27)
    gallery.evaluate(f"scrollTo(0, {position})")
    assert tile(gallery, 5).bounding_box() == before
    slugs = gallery.locator(".tile").evaluate_all("tiles => tiles.map((tile) => tile.id)")
    assert len(set(slugs)) == 27


def test_like_in_the_dialog_shows_on_the_tile_and_lasts(gallery: Page) -> None:
    home = gallery.url
    like = gallery.locator(".tile .like").nth(3)
    expect(like).to_have_attribute("aria-pressed", "false")
    viewer = open_viewer(gallery, 3)
    viewer.locator(".like").click()
    expect(viewer.locator(".like")).to_have_attribute("aria-pressed", "true")
    gallery.keyboard.press("Escape")
    expect(like).to_have_attribute("aria-pressed", "true")
    expect(gallery).to_have_url(home)
    gallery.reload()
    expect(like).to_have_attribute("aria-pressed", "true")
    like.click()
    expect(like).to_have_attribute("aria-pressed", "false")
    expect(like).to_be_focused()


def test_keys_search_move_like_open_and_explain(gallery: Page) -> None:
    expect(gallery.get_by_role("button", name="Keyboard")).to_be_visible()  # the keys are loaded
    gallery.keyboard.press("j")
    expect(tile(gallery, 0)).to_be_focused()
    gallery.keyboard.press("j")
    gallery.keyboard.press("ArrowRight")
    gallery.keyboard.press("k")
    expect(tile(gallery, 1)).to_be_focused()
    gallery.keyboard.press("l")
    expect(gallery.locator(".tile .like").nth(1)).to_have_attribute("aria-pressed", "true")
    expect(tile(gallery, 1)).to_be_focused()
    gallery.keyboard.press("?")
    expect(gallery.get_by_role("heading", name="Keys")).to_be_visible()
    gallery.keyboard.press("Escape")
    gallery.keyboard.press("Enter")
    expect(gallery.locator("#viewer[open]")).to_be_visible()
    gallery.keyboard.press("Escape")
    expect(tile(gallery, 1)).to_be_focused()
    expect(gallery).to_have_title(re.compile("ready for press"))  # the dialog is closed completely
    gallery.keyboard.press("/")
    expect(gallery.get_by_role("searchbox")).to_be_focused()
    gallery.keyboard.type("jkl?/")
    expect(gallery.get_by_role("searchbox")).to_have_value("jkl?/")


def test_view_is_counted_once_however_often_the_picture_is_opened(gallery: Page) -> None:
    with gallery.expect_response(re.compile("/seen/$")) as counted:
        viewer = open_viewer(gallery, 4)
    assert counted.value.status == 204
    gallery.keyboard.press("Escape")
    open_viewer(gallery, 4)
    expect(viewer.get_by_text("1 view", exact=True)).to_be_visible()


def test_link_is_copied_where_the_device_has_no_share_sheet(gallery: Page) -> None:
    gallery.context.grant_permissions(["clipboard-read", "clipboard-write"])
    gallery.evaluate("delete Navigator.prototype.share")
    viewer = open_viewer(gallery, 1)
    viewer.get_by_role("button", name="Share").click()
    expect(viewer.get_by_role("button", name="Link copied")).to_be_visible()
    assert gallery.evaluate("navigator.clipboard.readText()") == gallery.url


def test_print_button_is_off_while_it_works_so_that_one_click_is_sent(journey: Journey) -> None:
    journey.open_an_artwork()
    requests: list[str] = []
    journey.page.on("request", lambda request: requests.append(request.url))
    # In one script: Playwright reads nothing while the browser leaves the page.
    button = journey.page.locator(".button--call").evaluate(
        """async (button) => {
            button.click();
            await new Promise((resolve) => setTimeout(resolve));
            button.click();
            return [button.disabled, button.textContent];
        }"""
    )
    assert button == [True, "Opening the editor …"]
    expect(journey.page).to_have_url(re.compile(re.escape(journey.sandbox) + r"/en/print/\w+"))
    assert len([url for url in requests if url.startswith(journey.site) and "/print/" in url]) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_dialogs_and_empty_gallery_have_no_faults(
    journey: Journey, scheme: Any, width: int
) -> None:
    page = journey.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{journey.site}/?q=nothing-like-it&category=cosmos")
    expect_no_faults(page)
    page.goto(journey.site)
    open_viewer(page, 1)
    page.wait_for_timeout(300)
    expect_no_faults(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keyboard").click()
    page.wait_for_timeout(300)
    expect_no_faults(page)


def expect_no_faults(page: Page) -> None:
    """Run axe on the page as it is, and check that nothing scrolls sideways."""
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    wide = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert page.evaluate(wide) is False, f"{page.url} scrolls sideways"


class TestWithoutJavaScript:
    @pytest.fixture
    def browser_context_args(self, browser_context_args: dict[str, Any]) -> dict[str, Any]:
        return browser_context_args | PHONE_WITHOUT_JAVASCRIPT

    def test_search_filter_page_and_picture_work(self, gallery: Page) -> None:
        gallery.get_by_role("link", name="More pictures").click()
        expect(gallery.get_by_text("Page 2")).to_be_visible()
        gallery.get_by_role("link", name="Previous page").click()
        gallery.get_by_role("searchbox").fill("moon")
        gallery.get_by_role("button", name="Search").click()
        expect(gallery.get_by_role("heading", level=1)).to_have_text("“moon”")
        gallery.get_by_role("link", name="Landscape").click()
        gallery.get_by_role("link", name="Most liked").click()
        expect(gallery).to_have_url(re.compile(r"\?q=moon&category=landscape&sort=liked$"))
        title = tile(gallery, 0).inner_text()
        tile(gallery, 0).click()
        expect(gallery.get_by_role("heading", level=1)).to_have_text(title)
        expect(gallery.get_by_role("link", name=gallery.url.partition("?")[0])).to_be_visible()
        gallery.get_by_role("link", name="Back to the gallery").click()
        expect(gallery).to_have_url(re.compile(r"\?q=moon&category=landscape&sort=liked#art-"))

    def test_like_comes_back_to_the_tile_and_lasts(self, gallery: Page) -> None:
        like = gallery.locator(".tile .like").nth(2)
        like.click()
        expect(gallery).to_have_url(re.compile("#art-"))
        expect(like).to_have_attribute("aria-pressed", "true")
