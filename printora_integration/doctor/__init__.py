"""Find out whether everything that the integration needs is there; each check is a function."""

import time
from collections.abc import Sequence
from threading import Thread

from . import addresses, keys, services, vendor
from .findings import Check, Finding, Level

__all__ = ["CHECKS", "PATIENCE", "Finding", "Level", "examine"]

PATIENCE = 10.0  # seconds for all checks together

CHECKS: tuple[Check, ...] = (
    keys.check_settings,
    keys.check_api_key,
    keys.check_webhook_secrets,
    addresses.check_app_url,
    addresses.check_redirect_hosts,
    vendor.check_api,
    services.check_database,
    services.check_broker,
)


def examine(checks: Sequence[Check] = CHECKS, *, patience: float = PATIENCE) -> list[Finding]:
    """Return what the checks find, in their order; one that takes too long is a finding too.

    They run at once, on threads that may be left behind: nothing else bounds the look-up of a name.
    """
    deadline = time.monotonic() + patience
    runs = [_Run(check) for check in checks]
    for run in runs:
        run.start()
    return [finding for run in runs for finding in run.findings(deadline)]


class _Run(Thread):
    """Run one check."""

    def __init__(self, check: Check) -> None:
        super().__init__(daemon=True)  # the process may end without it
        self._check = check
        self._subject = check.__name__.removeprefix("check_").replace("_", " ")
        self._found: list[Finding] = []

    def run(self) -> None:
        """Keep what the check finds; its own failure is a finding, and does not hide others."""
        try:
            self._found = list(self._check())
        except Exception as error:  # noqa: BLE001 -- whatever it is
            # The type only: messages quote values.
            words = f"This could not be checked: {type(error).__name__}."
            self._found = [Finding(Level.ERROR, self._subject, words)]

    def findings(self, deadline: float) -> list[Finding]:
        """Return what was found by the deadline, in the clock of `time.monotonic()`."""
        self.join(max(deadline - time.monotonic(), 0))
        if not self.is_alive():
            return self._found
        words = "No answer came in time."
        advice = "Check the network, the name server, and the address in your settings."
        return [Finding(Level.ERROR, self._subject, words, advice)]
