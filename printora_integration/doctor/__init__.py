"""Optional: checks of everything that the integration needs; each is a function."""

import time
from collections.abc import Sequence
from importlib.util import find_spec
from threading import Thread

from . import addresses, database, keys, site, vendor
from .findings import Check, Finding, Level

__all__ = ["CHECKS", "DEADLINE", "Finding", "Level", "run_checks"]

DEADLINE = 10.0  # seconds for all checks together

CHECKS: tuple[Check, ...] = (
    keys.check_settings,
    keys.check_api_key,
    keys.check_webhook_secrets,
    addresses.check_site_url,
    addresses.check_redirect_hosts,
    site.check_allowed_hosts,
    site.check_cookies,
    site.check_static_files,
    site.check_sender,
    site.check_site,
    vendor.check_api,
    database.check_database,
)

if find_spec("celery") and find_spec("vendor_kit.queue"):  # both are optional
    from . import broker

    CHECKS = (*CHECKS, broker.check_broker)


def run_checks(checks: Sequence[Check] = CHECKS, *, deadline: float = DEADLINE) -> list[Finding]:
    """Return what the checks find, in their order; one that takes too long is a finding too.

    They run at once, on threads that may be left behind: nothing else bounds the look-up of a name.
    """
    ends_at = time.monotonic() + deadline
    runs = [_Run(check) for check in checks]
    for run in runs:
        run.start()
    return [finding for run in runs for finding in run.findings(ends_at)]


class _Run(Thread):
    """One check on a thread of its own."""

    def __init__(self, check: Check) -> None:
        super().__init__(daemon=True)  # the process may end without it
        self._check = check
        self._subject = check.__name__.removeprefix("check_").replace("_", " ")
        self._found: list[Finding] = []

    def run(self) -> None:
        """Collect what the check finds; its own failure is a finding, and does not hide others."""
        try:
            self._found = list(self._check())
        except Exception as error:  # noqa: BLE001 -- whatever it is
            # The type only: messages quote values.
            message = f"This could not be checked: {type(error).__name__}."
            self._found = [Finding(Level.ERROR, self._subject, message)]

    def findings(self, ends_at: float) -> list[Finding]:
        """Return what was found until `ends_at`, in the clock of `time.monotonic()`."""
        self.join(max(ends_at - time.monotonic(), 0))
        if not self.is_alive():
            return self._found
        message = "No answer came in time."
        hint = "Check the network, the name server, and the address in your settings."
        return [Finding(Level.ERROR, self._subject, message, hint)]
