"""Find a Chromium for the browser tests, or install one: Playwright's, else the distribution's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_or_install() -> str:
    """Return the path of a Chromium, installing one if need be; `CHROMIUM` in the environment wins.

    Exit with a sentence when none can be installed.
    """
    found = os.environ.get("CHROMIUM") or _system_chromium() or _playwright_chromium()
    if found:
        return found
    print("  · installing Chromium (a minute or two) …", flush=True)
    _run([sys.executable, "-m", "playwright", "install", "chromium"], seconds=300)
    if found := _playwright_chromium():
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run(["apt-get", "update"], seconds=300)
        _run(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"], seconds=600)
    if found := _system_chromium():
        return found
    sys.exit(
        "\n  The browser tests need Chromium, and it could not be installed: install it (on Debian "
        "and Ubuntu: `sudo apt install chromium`), or set CHROMIUM to its path.\n"
    )


def _system_chromium() -> str | None:
    return next((path for name in COMMANDS if (path := shutil.which(name))), None)


def _playwright_chromium() -> str | None:
    script = (
        "from playwright.sync_api import sync_playwright as p\n"
        "with p() as play: print(play.chromium.executable_path)"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    path = shown.stdout.strip()
    return path if path and Path(path).exists() else None


def _run(command: list[str], *, seconds: int) -> None:
    try:
        subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=seconds
        )
    except (OSError, subprocess.TimeoutExpired):
        return  # the caller looks for Chromium again, and so sees whether it worked
