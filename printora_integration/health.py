"""Tell the readiness probe whether the broker and Printora answer."""

import dataclasses
import time
from functools import lru_cache
from threading import Lock

from health_check.base import HealthCheck
from health_check.exceptions import ServiceUnavailable
from kombu.exceptions import OperationalError

from .broker import broker_connection
from .client import get_client
from .exceptions import PrintoraError

_MEMORY = 10  # seconds; the probe's page is public, and Printora counts our calls
_one_at_a_time = Lock()


@dataclasses.dataclass
class Broker(HealthCheck):
    """Check that a task could be queued now."""

    def run(self) -> None:
        """Raise ServiceUnavailable when the broker refuses a connection, or says nothing."""
        try:
            with broker_connection():
                return
        except (OSError, OperationalError) as error:
            raise ServiceUnavailable(
                "The broker does not answer: check CELERY_BROKER_URL, your broker setting."
            ) from error


@dataclasses.dataclass
class Vendor(HealthCheck):
    """Check that Printora's API can be reached; ask it once in a while, not for every probe."""

    def run(self) -> None:
        """Raise ServiceUnavailable when no reply comes at all; any reply will do."""
        with _one_at_a_time:
            failure = _failure(int(time.time() // _MEMORY))
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


def forget() -> None:
    """Ask Printora again at the next probe."""
    _failure.cache_clear()
