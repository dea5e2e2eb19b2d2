"""Run the demo's processes, and a real Chromium against them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from tests.browser.journey import Journey
from tests.helpers import SECRET
from tests.processes.site import Site
from tests.sandbox_process import SandboxProcess

TIMEOUT = 15_000  # milliseconds for each action of a page
EXPECTED_FAILURE = "net::ERR_ABORTED"  # the browser left the page while a picture was loading


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the Chromium that tools/browser.py found, quietly and offline."""
    return browser_type_launch_args | {
        "executable_path": os.environ.get("CHROMIUM"),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Run the site and the sandbox as `make demo` does; yield both addresses."""
    folder = tmp_path_factory.mktemp("demo")
    site = Site(folder, f"sqlite:///{folder / 'site.sqlite3'}", DEBUG="True")
    address = f"http://localhost:{site.port}"
    with SandboxProcess(
        webhook_url=f"{address}/webhooks/printora/", secret=SECRET, env={"APP_URL": address}
    ) as sandbox:
        site.env |= {
            "APP_URL": address,
            "PRINTORA_API_URL": sandbox.url,
            "PRINTORA_API_KEY": sandbox.api_key,
            "PRINTORA_REDIRECT_HOSTS": sandbox.url,
        }
        try:
            site.manage("migrate", "--verbosity", "0")
            site.manage("seed")
            site.manage("seed_merch")
            site.start_web()
            yield address, sandbox.url
        finally:
            site.stop()


@dataclass
class BrowserErrors:
    """The errors of a browser: console errors, CSP reports, failed requests."""

    messages: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Record the errors of a page."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.messages.append(f"script: {error}"))
        page.on("requestfailed", self._on_failure)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.messages.append(f"console: {message.text}")

    def _on_failure(self, request: Request) -> None:
        if request.failure != EXPECTED_FAILURE:
            self.messages.append(f"request: {request.url} {request.failure}")


@pytest.fixture
def browser_errors() -> Iterator[BrowserErrors]:
    """Fail the test when one of its pages had an error."""
    errors = BrowserErrors()
    yield errors
    assert errors.messages == []


@pytest.fixture
def journey(
    context: BrowserContext, demo: tuple[str, str], browser_errors: BrowserErrors
) -> Journey:
    """Return a journey on a new page, whose errors fail the test."""
    context.set_default_timeout(TIMEOUT)
    expect.set_options(timeout=TIMEOUT)
    page = context.new_page()
    browser_errors.watch(page)
    return Journey(page, *demo)
