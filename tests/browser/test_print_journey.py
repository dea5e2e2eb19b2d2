"""The main job, end to end: with JavaScript on a desktop, and without it on a phone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.journey import Journey

pytestmark = pytest.mark.browser

BROWSERS: dict[str, dict[str, Any]] = {
    "with-javascript-on-a-desktop": {"viewport": {"width": 1280, "height": 900}},
    "without-javascript-on-a-phone": {
        "viewport": {"width": 360, "height": 740},
        "java_script_enabled": False,
    },
}


@pytest.fixture(params=list(BROWSERS.values()), ids=list(BROWSERS))
def browser_context_args(
    browser_context_args: dict[str, Any], request: pytest.FixtureRequest
) -> dict[str, Any]:
    look: dict[str, Any] = request.param
    return browser_context_args | look


def test_visitor_prints_a_picture_and_staff_follow_it_to_delivery(journey: Journey) -> None:
    title = journey.open_an_artwork()
    journey.press_print()
    journey.order()
    journey.pay()
    # By itself: htmx asks every two seconds, and without it the page reloads every five.
    expect(journey.page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    journey.sign_in()
    row = journey.page.locator("main .table--rows tbody tr").first
    expect(row).to_contain_text(title)
    expect(row).to_contain_text("ada@example.com")
    journey.open_newest_order()
    order = journey.page.url
    journey.expect_step("paid", "current")
    journey.press_in_console("Ship")
    journey.page.goto(order)
    journey.expect_step("shipped", "current")
    journey.press_in_console("Deliver")
    journey.page.goto(order)
    for step in ("pending", "paid", "processing", "shipped", "delivered"):
        journey.expect_step(step, "done")
    for event in ("order.created", "order.paid", "order.shipped", "order.delivered"):
        expect(journey.page.get_by_text(event, exact=True).first).to_be_visible()


def test_visitor_who_cancels_in_the_editor_reads_that_nothing_was_ordered(
    journey: Journey,
) -> None:
    journey.open_an_artwork()
    journey.press_print()
    journey.cancel("Cancel and go back to DreamCanvas")
    heading = journey.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("You stopped before paying")
    journey.page.get_by_role("link", name="Try again").click()
    # The first session has ended at Printora, so this must be another one.
    journey.press_print()
    expect(journey.page.get_by_role("button", name="Continue to checkout")).to_be_visible()


def test_visitor_who_cancels_at_the_payment_leaves_a_cancelled_order(journey: Journey) -> None:
    journey.open_an_artwork()
    journey.press_print()
    journey.order()
    journey.cancel("Cancel")
    heading = journey.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("You stopped before paying")
    journey.sign_in()
    journey.open_newest_order()
    journey.expect_step("paid", "todo")
    expect(journey.page.locator("main .stamp")).to_have_text("Cancelled")


def test_second_click_and_back_button_lead_to_the_same_session(journey: Journey) -> None:
    journey.open_an_artwork()
    journey.press_print()
    editor = journey.page.url
    journey.page.go_back()
    journey.press_print()
    assert journey.page.url == editor
