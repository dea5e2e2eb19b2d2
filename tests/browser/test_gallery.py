"""The wall in a browser: dialog and address, load more, likes, keys; and without JavaScript."""

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
def wall(journey: Journey) -> Page:
    """Return a page that shows the wall."""
    journey.page.goto(journey.site)
    return journey.page


def tile(page: Page, number: int) -> Locator:
    """Return the link of a tile."""
    return page.locator(".tile__title a").nth(number)


def open_viewer(page: Page, number: int) -> Locator:
    """Open a tile and return the dialog, when it is there."""
    tile(page, number).click()
    viewer = page.locator("#viewer[open]")
    expect(viewer.locator("h1")).to_have_text(tile(page, number).inner_text())
    return viewer


@pytest.mark.parametrize("way_out", ["Escape", "Back", "Close"])
def test_dialog_has_the_picture_s_address_and_every_way_out_leads_to_the_tile(
    wall: Page, way_out: str
) -> None:
    home = wall.url
    href = tile(wall, 2).get_attribute("href")
    viewer = open_viewer(wall, 2)
    expect(wall).to_have_url(re.compile(re.escape(href or "?") + "$"))
    if way_out == "Back":
        wall.go_back()
    elif way_out == "Close":
        viewer.get_by_role("button", name="Close").click()
    else:
        wall.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(wall).to_have_url(home)
    expect(tile(wall, 2)).to_be_focused()
    expect(wall).to_have_title(re.compile("ready for press"))


def test_forward_opens_the_dialog_again(wall: Page) -> None:
    viewer = open_viewer(wall, 1)
    wall.go_back()
    expect(viewer).to_have_count(0)
    wall.go_forward()
    expect(viewer.locator("h1")).to_have_text(tile(wall, 1).inner_text())


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


def test_reload_of_the_dialog_shows_the_whole_page_and_back_leads_to_the_wall(wall: Page) -> None:
    home = wall.url
    title = tile(wall, 1).inner_text()
    open_viewer(wall, 1)
    wall.reload()
    expect(wall.locator("main > .proof h1")).to_have_text(title)
    wall.go_back()
    expect(wall).to_have_url(home)
    expect(wall.locator(".tile").first).to_be_visible()


def test_wall_continues_as_the_visitor_scrolls_and_nothing_moves(wall: Page) -> None:
    expect(wall.locator(".tile")).to_have_count(12)
    before = tile(wall, 5).bounding_box()
    place = wall.evaluate("scrollY")
    wall.locator("#pager").scroll_into_view_if_needed()
    expect(wall.locator(".tile")).to_have_count(24)
    wall.locator("#pager").scroll_into_view_if_needed()
    expect(wall.locator(".tile")).to_have_count(27)
    wall.evaluate(f"scrollTo(0, {place})")
    assert tile(wall, 5).bounding_box() == before
    slugs = wall.locator(".tile").evaluate_all("tiles => tiles.map((tile) => tile.id)")
    assert len(set(slugs)) == 27


def test_like_in_the_dialog_shows_on_the_tile_and_lasts(wall: Page) -> None:
    home = wall.url
    like = wall.locator(".tile .like").nth(3)
    expect(like).to_have_attribute("aria-pressed", "false")
    viewer = open_viewer(wall, 3)
    viewer.locator(".like").click()
    expect(viewer.locator(".like")).to_have_attribute("aria-pressed", "true")
    wall.keyboard.press("Escape")
    expect(like).to_have_attribute("aria-pressed", "true")
    expect(wall).to_have_url(home)
    wall.reload()
    expect(like).to_have_attribute("aria-pressed", "true")
    like.click()
    expect(like).to_have_attribute("aria-pressed", "false")
    expect(like).to_be_focused()


def test_keys_search_move_like_open_and_explain(wall: Page) -> None:
    expect(wall.get_by_role("button", name="Keyboard")).to_be_visible()  # the keys are loaded
    wall.keyboard.press("j")
    expect(tile(wall, 0)).to_be_focused()
    wall.keyboard.press("j")
    wall.keyboard.press("ArrowRight")
    wall.keyboard.press("k")
    expect(tile(wall, 1)).to_be_focused()
    wall.keyboard.press("l")
    expect(wall.locator(".tile .like").nth(1)).to_have_attribute("aria-pressed", "true")
    expect(tile(wall, 1)).to_be_focused()
    wall.keyboard.press("?")
    expect(wall.get_by_role("heading", name="Keys")).to_be_visible()
    wall.keyboard.press("Escape")
    wall.keyboard.press("Enter")
    expect(wall.locator("#viewer[open]")).to_be_visible()
    wall.keyboard.press("Escape")
    expect(tile(wall, 1)).to_be_focused()
    expect(wall).to_have_title(re.compile("ready for press"))  # all of the dialog is gone
    wall.keyboard.press("/")
    expect(wall.get_by_role("searchbox")).to_be_focused()
    wall.keyboard.type("jkl?/")
    expect(wall.get_by_role("searchbox")).to_have_value("jkl?/")


def test_look_is_counted_once_however_often_the_picture_is_opened(wall: Page) -> None:
    with wall.expect_response(re.compile("/seen/$")) as counted:
        viewer = open_viewer(wall, 4)
    assert counted.value.status == 204
    wall.keyboard.press("Escape")
    open_viewer(wall, 4)
    expect(viewer.get_by_text("1 view", exact=True)).to_be_visible()


def test_link_is_copied_where_the_device_has_no_share_sheet(wall: Page) -> None:
    wall.context.grant_permissions(["clipboard-read", "clipboard-write"])
    wall.evaluate("delete Navigator.prototype.share")
    viewer = open_viewer(wall, 1)
    viewer.get_by_role("button", name="Share").click()
    expect(viewer.get_by_role("button", name="Link copied")).to_be_visible()
    assert wall.evaluate("navigator.clipboard.readText()") == wall.url


def test_print_button_is_off_while_it_works_so_that_one_click_is_sent(journey: Journey) -> None:
    journey.open_an_artwork()
    asked: list[str] = []
    journey.page.on("request", lambda request: asked.append(request.url))
    # In one go: Playwright looks at nothing while a page is being left.
    seen = journey.page.locator(".button--call").evaluate(
        """async (button) => {
            button.click();
            await new Promise((resolve) => setTimeout(resolve));
            button.click();
            return [button.disabled, button.textContent];
        }"""
    )
    assert seen == [True, "Opening the editor …"]
    expect(journey.page).to_have_url(re.compile(re.escape(journey.sandbox) + r"/en/print/\w+"))
    assert len([url for url in asked if url.startswith(journey.site) and "/print/" in url]) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_dialogs_and_empty_wall_have_no_faults(journey: Journey, scheme: Any, width: int) -> None:
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
    """Run axe on the page as it stands, and see that nothing scrolls sideways."""
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    wide = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert page.evaluate(wide) is False, f"{page.url} scrolls sideways"


class TestWithoutJavaScript:
    @pytest.fixture
    def browser_context_args(self, browser_context_args: dict[str, Any]) -> dict[str, Any]:
        return browser_context_args | PHONE_WITHOUT_JAVASCRIPT

    def test_search_filter_page_and_picture_work(self, wall: Page) -> None:
        wall.get_by_role("link", name="More pictures").click()
        expect(wall.get_by_text("Page 2")).to_be_visible()
        wall.get_by_role("link", name="Previous page").click()
        wall.get_by_role("searchbox").fill("moon")
        wall.get_by_role("button", name="Search").click()
        expect(wall.get_by_role("heading", level=1)).to_have_text("“moon”")
        wall.get_by_role("link", name="Landscape").click()
        wall.get_by_role("link", name="Most liked").click()
        expect(wall).to_have_url(re.compile(r"\?q=moon&category=landscape&sort=liked$"))
        title = tile(wall, 0).inner_text()
        tile(wall, 0).click()
        expect(wall.get_by_role("heading", level=1)).to_have_text(title)
        expect(wall.get_by_role("link", name=wall.url.partition("?")[0])).to_be_visible()
        wall.get_by_role("link", name="Back to the gallery").click()
        expect(wall).to_have_url(re.compile(r"\?q=moon&category=landscape&sort=liked#art-"))

    def test_like_comes_back_to_the_tile_and_lasts(self, wall: Page) -> None:
        like = wall.locator(".tile .like").nth(2)
        like.click()
        expect(wall).to_have_url(re.compile("#art-"))
        expect(like).to_have_attribute("aria-pressed", "true")
