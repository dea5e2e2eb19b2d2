"""The steps of a journey, as a visitor, staff and Printora's operator take them."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

CHECKOUT = {
    "Email": "ada@example.com",
    "First name": "Ada",
    "Last name": "Lovelace-Ångström",
    "Street and number": "1 St James's Square",
    "ZIP or postal code": "SW1Y 4JH",
    "City": "London",
}


@dataclass
class Journey:
    """One browser page that visits the site and the sandbox.

    The steps use only what a person sees: headings, labels and the texts of buttons.
    """

    page: Page
    site: str
    sandbox: str

    def open_an_artwork(self) -> str:
        """Open the gallery's first artwork, in its dialog or on its page; return the title."""
        self.page.goto(self.site)
        link = self.page.locator("main h2 a").first
        title = link.inner_text()
        link.click()
        expect(self.page.locator(".ticket h1")).to_have_text(title)
        return title

    def open_an_item(self, title: str) -> None:
        """Go from the creators' page to an item of Radu Ionescu's merch."""
        self.page.goto(f"{self.site}/creators/")
        self.page.get_by_role("link", name="Radu Ionescu").click()
        # The exact name: a picture on the same page has a similar one.
        self.page.get_by_role("link", name=title, exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def press_print(self) -> None:
        """Press the print button, and arrive in Printora's editor."""
        self.page.get_by_role("button", name="Print on Product").click()
        expect(self.page).to_have_url(re.compile(re.escape(self.sandbox) + r"/en/print/\w+"))

    def order(self) -> None:
        """Accept the editor's defaults, fill in the checkout, and arrive at the payment."""
        self.page.get_by_role("button", name="Continue to checkout").click()
        for label, value in CHECKOUT.items():
            self.page.get_by_label(label).fill(value)
        self.page.get_by_label("Country", exact=True).select_option("GB")
        self.page.get_by_role("button", name="Place order").click()
        expect(self.page.get_by_role("heading", name="Pay $")).to_be_visible()

    def pay(self) -> None:
        """Pay with a test card, and come back to the site."""
        self.page.get_by_role("button", name="Pay by card").click()
        expect(self.page).to_have_url(re.compile(re.escape(self.site) + "/callback/success/"))

    def cancel(self, button: str) -> None:
        """Cancel, and come back to the site."""
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page).to_have_url(re.compile(re.escape(self.site) + "/callback/failed/"))

    def sign_in(self) -> None:
        """Sign in as staff, and arrive at the dashboard."""
        self.page.goto(f"{self.site}/dashboard/")
        self.page.get_by_label("Username").fill("demo")
        self.page.get_by_label("Password").fill("demo")
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", level=1, name="Orders")).to_be_visible()

    def open_newest_order(self) -> None:
        """Go from the dashboard to the order at its top."""
        self.page.goto(f"{self.site}/dashboard/")
        self.page.locator("main .table--rows tbody th a").first.click()
        expect(self.page.get_by_role("list", name="The progress of this order")).to_be_visible()

    def press_in_console(self, action: str) -> None:
        """Press a button of the newest order in the sandbox's console."""
        self.page.goto(f"{self.sandbox}/console/")
        self.page.get_by_role("button", name=re.compile(f"^{action} ")).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def expect_step(self, key: str, state: str) -> None:
        """Reload the order's page until a step of its timeline is in this state."""
        order = self.page.url
        for _attempt in range(20):
            if self.page.locator(f"[data-step={key}][data-state={state}]").count():
                return
            self.page.wait_for_timeout(250)
            self.page.goto(order)
        expect(self.page.locator(f"[data-step={key}]")).to_have_attribute("data-state", state)
