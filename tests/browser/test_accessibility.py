"""No page has a fault that axe can find, light or dark, on a phone or on a desktop."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.journey import Journey

pytestmark = pytest.mark.browser

# An element that fades in has its final colours only at the end. Endless animations are left out.
ANIMATIONS_FINISHED = """() => Promise.allSettled(
    document.getAnimations()
        .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
        .map((each) => each.finished)
)"""

LOOKS: dict[str, dict[str, Any]] = {
    f"{scheme}-{width}": {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    for scheme in ("light", "dark")
    for width in (360, 1440)
}


@pytest.fixture(params=list(LOOKS.values()), ids=list(LOOKS))
def browser_context_args(
    browser_context_args: dict[str, Any], request: pytest.FixtureRequest
) -> dict[str, Any]:
    look: dict[str, Any] = request.param
    return browser_context_args | look


def expect_no_faults(journey: Journey) -> None:
    """Run axe on the page as it is, and check that nothing scrolls sideways."""
    journey.page.wait_for_load_state()  # a heading may be there before the style sheets are
    journey.page.evaluate(ANIMATIONS_FINISHED)
    results = Axe().run(journey.page)
    assert results.violations_count == 0, results.generate_report()
    wide = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert journey.page.evaluate(wide) is False, f"{journey.page.url} scrolls sideways"


def test_visitors_pages_have_no_faults(journey: Journey) -> None:
    journey.page.goto(journey.site)
    expect_no_faults(journey)
    journey.open_an_artwork()
    expect_no_faults(journey)
    journey.press_print()
    expect_no_faults(journey)
    journey.order()
    expect_no_faults(journey)
    journey.pay()
    expect(journey.page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    expect_no_faults(journey)


def test_pages_of_creators_and_merch_have_no_faults(journey: Journey) -> None:
    for address in ("/creators/", "/upload/", "/my-prints/", "/guide/", "/create-session/"):
        journey.page.goto(journey.site + address)
        expect_no_faults(journey)
    journey.open_an_item("Totality hoodie")
    expect_no_faults(journey)
    journey.page.get_by_role("link", name="Radu Ionescu").first.click()
    expect(journey.page.get_by_role("heading", level=1)).to_have_text("Radu Ionescu")
    expect_no_faults(journey)


def test_studio_has_no_faults(journey: Journey) -> None:
    journey.sign_in()
    for address in ("", "new-creator/", "kofi-mensah/new/", "kofi-mensah/new/?product=mug"):
        journey.page.goto(f"{journey.site}/studio/{address}")
        expect_no_faults(journey)
    journey.page.goto(f"{journey.site}/studio/kofi-mensah/")
    expect(journey.page.get_by_text("No orders yet.")).to_be_visible()
    expect_no_faults(journey)


def test_staff_pages_have_no_faults(journey: Journey) -> None:
    journey.page.goto(f"{journey.site}/dashboard/")
    expect_no_faults(journey)
    journey.open_an_artwork()
    journey.press_print()
    journey.order()
    journey.cancel("Cancel")
    expect_no_faults(journey)
    journey.sign_in()
    expect_no_faults(journey)
    journey.open_newest_order()
    expect_no_faults(journey)
    journey.page.goto(f"{journey.sandbox}/console/")
    expect_no_faults(journey)
