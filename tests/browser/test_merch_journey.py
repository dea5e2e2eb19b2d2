"""The other ways to print: all merch of a creator, one item, and the visitor's own picture."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.journey import Journey
from tests.browser.test_print_journey import BROWSERS
from tests.helpers import ROOT

pytestmark = pytest.mark.browser


@pytest.fixture(params=list(BROWSERS.values()), ids=list(BROWSERS))
def browser_context_args(
    browser_context_args: dict[str, Any], request: pytest.FixtureRequest
) -> dict[str, Any]:
    look: dict[str, Any] = request.param
    return browser_context_args | look


def test_chosen_item_is_in_the_cart_and_is_bought(journey: Journey) -> None:
    journey.open_an_item("Totality hoodie")
    page = journey.page
    page.get_by_label("Navy").check(force=True)
    page.get_by_label("XL", exact=True).check(force=True)
    page.get_by_label("Quantity").fill("2")
    journey.press_print()
    expect(page.locator("main")).to_contain_text("Navy")
    expect(page.locator("main")).to_contain_text("XL")
    journey.order()
    journey.pay()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    page.goto(f"{journey.site}/my-prints/")
    ticket = page.get_by_role("article").first
    expect(ticket).to_contain_text("Totality hoodie")
    expect(ticket).to_contain_text("Paid")


def test_all_merch_of_a_creator_opens_at_printora(journey: Journey) -> None:
    page = journey.page
    page.goto(f"{journey.site}/creators/radu-ionescu/")
    page.get_by_role("button", name="See all merch at Printora").click()
    expect(page.locator("main")).to_contain_text("Totality hoodie")
    expect(page.locator("main")).to_contain_text("Ringed giant poster")
    assert page.url.startswith(journey.sandbox)


def test_uploaded_picture_is_printed(journey: Journey) -> None:
    page = journey.page
    page.goto(f"{journey.site}/upload/")
    picture: Path = ROOT / "static" / "art" / "totality.jpg"
    page.get_by_label("Picture", exact=True).set_input_files(picture)
    page.get_by_label("Title").fill("From my window")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("From my window")
    journey.press_print()
    journey.order()
    journey.pay()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")


def test_staff_make_an_item_and_design_it(journey: Journey) -> None:
    page = journey.page
    journey.sign_in()
    page.goto(f"{journey.site}/studio/kofi-mensah/new/?product=mug")
    page.get_by_label("Title").fill("Morning mug")
    page.get_by_label("White").check(force=True)
    page.get_by_label("11 oz").check(force=True)
    page.get_by_role("radio", name="Arch, Stair, Ball").check(force=True)
    page.get_by_role("button", name="Create the item").click()
    item = page.get_by_role("article").filter(has_text="Morning mug").last
    item.get_by_role("button", name="Open design editor").click()
    assert page.url.startswith(f"{journey.sandbox}/en/merch/")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("saved", ignore_case=True)
    page.goto(f"{journey.site}/studio/kofi-mensah/")
    page.get_by_role("button", name="Refresh from Printora").click()
    expect(page.get_by_text("Printora has")).to_be_visible()
