"""Optional: checks for a readiness probe, whether the broker and Printora answer."""

import dataclasses
import time
from functools import lru_cache
from threading import Lock

from health_check.base import HealthCheck
from health_check.exceptions import ServiceUnavailable
from kombu.exceptions import OperationalError

from vendor_kit.queue import broker_connection

from .client import get_client
from .exceptions import PrintoraError

_CACHE_SECONDS = 10  # the probe's page is public, and Printora counts our calls
_one_at_a_time = Lock()


@dataclasses.dataclass
class Broker(HealthCheck):
    """The check that a task could be queued now."""

    def run(self) -> None:
        """Raise ServiceUnavailable when the broker refuses a connection, or does not answer."""
        try:
            with broker_connection():
                return
        except (OSError, OperationalError) as error:
            raise ServiceUnavailable(
                "The broker does not answer: check CELERY_BROKER_URL, your broker setting."
            ) from error


@dataclasses.dataclass
class Vendor(HealthCheck):
    """The check that Printora's API can be reached; it is called once in a while only."""

    def run(self) -> None:
        """Raise ServiceUnavailable when no response comes at all; any response will do."""
        with _one_at_a_time:
            failure = _failure(int(time.time() // _CACHE_SECONDS))
        if failure:
            raise ServiceUnavailable(f"{failure} Check PRINTORA_API_URL and PRINTORA_API_KEY.")


@lru_cache(maxsize=1)
def _failure(_period: int) -> str:
    """Return what is wrong in this period, or ""."""
    try:
        get_client().ping()
    except PrintoraError as error:
        return str(error)
    return ""


def clear_cache() -> None:
    """Call Printora again at the next probe."""
    _failure.cache_clear()
