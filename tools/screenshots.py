"""Take the pictures of the README from a running demo: `make screenshots` beside `make demo`."""

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tools import browser
from tools.processes import ROOT, port_from_environment, step

FOLDER = ROOT / "docs" / "screenshots"
SIZE = ViewportSize(width=1440, height=900)
VISITOR = {
    "Email": "ada@example.com",
    "First name": "Ada",
    "Last name": "Lovelace",
    "Street and number": "1 St James's Square",
    "ZIP or postal code": "SW1Y 4JH",
    "City": "London",
}


def main() -> None:
    """Visit the pages of the demo, order two prints, and save a screenshot of each stage."""
    os.environ.setdefault("DEBUG", "True")
    site = f"http://localhost:{port_from_environment('PORT', 8000)}"
    sandbox = f"http://localhost:{port_from_environment('SANDBOX_PORT', 8001)}"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.find_or_install(), args=arguments
        )
        page = chromium.new_page(viewport=SIZE, color_scheme="light")
        save_screenshot(page, "gallery", site)
        visit(page, site)
        save_screenshot(page, "console", f"{sandbox}/console/")
        sign_in(page, site)
        save_screenshot(page, "studio", f"{site}/studio/radu-ionescu/")
        save_screenshot(page, "guide", f"{site}/guide/#webhooks")
        page.goto(f"{site}/dashboard/")
        page.locator(".table--rows tbody th a").first.click()
        save_screenshot(page, "order")
        chromium.close()


def visit(page: Page, site: str) -> None:
    """Print a picture and buy a piece of merch, as a visitor."""
    page.goto(f"{site}/art/the-ringed-giant/")
    page.get_by_role("button", name="Print on Product").click()
    save_screenshot(page, "editor")
    buy(page)
    page.goto(f"{site}/creators/radu-ionescu/")
    page.get_by_role("link", name="Totality hoodie", exact=True).click()
    save_screenshot(page, "merch")
    page.get_by_role("button", name="Print on Product").click()
    buy(page)


def buy(page: Page) -> None:
    """Fill in the checkout and pay, starting in the editor."""
    page.get_by_role("button", name="Continue to checkout").click()
    for label, value in VISITOR.items():
        page.get_by_label(label).fill(value)
    page.get_by_label("Country", exact=True).select_option("GB")
    page.get_by_role("button", name="Place order").click()
    page.get_by_role("button", name="Pay by card").click()
    page.get_by_role("heading", name="Confirmed").wait_for()


def sign_in(page: Page, site: str) -> None:
    """Sign in as staff."""
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("Username").fill("demo")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state("networkidle")


def save_screenshot(page: Page, name: str, address: str = "") -> None:
    """Save a screenshot of the page as it is, or of the page at an address."""
    if address:
        page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(800)  # the pictures fade in
    path: Path = FOLDER / f"{name}.webp"
    Image.open(io.BytesIO(page.screenshot())).save(path, quality=82, method=6)
    step(f"{path.relative_to(ROOT)}, {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
