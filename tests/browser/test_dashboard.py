"""The dashboard in a real browser: with scripts, without them, and on a phone."""

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.journey import Journey
from tests.browser.test_accessibility import LOOKS, expect_no_faults
from tests.helpers import ORDER, SESSION, WEBHOOK, encoded, hand_signed, webhook

pytestmark = pytest.mark.browser

PAGES = ["", "events/", "events/?outcome=refused", "deliveries/", "sessions/"]


def send_event(site: str, session: str, order: str) -> None:
    """Send the site an order, as Printora would."""
    body = encoded(webhook(session=session, data={"orderId": order, "orderNumber": order}))
    headers = {"x-printora-signature": hand_signed(body), "content-type": "application/json"}
    response = httpx.post(f"{site}{WEBHOOK}", content=body, headers=headers, trust_env=False)
    assert response.status_code == 200


@pytest.mark.parametrize("look", list(LOOKS))
def test_pages_of_the_dashboard_have_no_faults(journey: Journey, look: str) -> None:
    scheme, width = look.split("-")
    journey.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    journey.page.set_viewport_size({"width": int(width), "height": 900})
    send_event(journey.site, SESSION, ORDER)
    journey.sign_in()
    for page in PAGES:
        journey.page.goto(f"{journey.site}/dashboard/{page}")
        expect_no_faults(journey)


def test_new_orders_are_announced_without_moving_a_row(journey: Journey) -> None:
    journey.page.clock.install()
    journey.sign_in()
    send_event(journey.site, "sess_news", "PR-NEWS")
    journey.page.clock.run_for(16_000)
    link = journey.page.get_by_role("link", name="new order")
    expect(link).to_be_visible()
    expect(journey.page.get_by_role("link", name="PR-NEWS")).to_have_count(0)
    link.click()
    expect(journey.page.get_by_role("link", name="PR-NEWS")).to_be_visible()


@pytest.mark.parametrize("page", ["events/?q=sess_unfolds", "orders/PR-UNFOLDS/"])
def test_payload_unfolds_in_its_place(journey: Journey, page: str) -> None:
    send_event(journey.site, "sess_unfolds", "PR-UNFOLDS")
    journey.sign_in()
    journey.page.goto(f"{journey.site}/dashboard/{page}")
    journey.page.locator("summary", has_text="Payload").click()
    expect(journey.page.get_by_label("Payload")).to_contain_text("PR-UNFOLDS")
    assert journey.page.url.endswith(page)


def test_order_shows_its_deliveries_and_has_one_resent(journey: Journey) -> None:
    journey.open_an_artwork()
    journey.press_print()
    journey.order()
    journey.pay()
    journey.sign_in()
    journey.open_newest_order()
    section = journey.page.locator("#deliveries")
    expect(section.get_by_role("heading", name="order.created")).to_be_visible()
    section.get_by_role("button", name="Resend", exact=True).click()
    expect(journey.page.get_by_text("Printora sends it again")).to_be_visible()


def test_dashboard_works_without_scripts(browser: Browser, demo: tuple[str, str]) -> None:
    send_event(demo[0], "sess_plain", "PR-PLAIN")
    context = browser.new_context(java_script_enabled=False)
    journey = Journey(context.new_page(), *demo)
    journey.sign_in()
    journey.page.goto(f"{demo[0]}/dashboard/events/?q=sess_plain")
    journey.page.get_by_text("Payload", exact=False).first.click()
    journey.page.get_by_role("link", name="Open this event").click()
    expect(journey.page.get_by_label("Payload")).to_contain_text("PR-PLAIN")
    journey.page.goto(f"{demo[0]}/dashboard/")
    with journey.page.expect_download() as download:
        journey.page.get_by_role("link", name="Download as CSV").click()
    assert download.value.suggested_filename.startswith("orders-")
    context.close()
