"""Tell the readiness probe whether the broker and Printora answer."""

import dataclasses

from celery import current_app
from health_check.base import HealthCheck
from health_check.exceptions import ServiceUnavailable
from kombu.exceptions import OperationalError

from .client import get_client
from .exceptions import TransportError


@dataclasses.dataclass
class Broker(HealthCheck):
    """Check that a task could be queued now."""

    def run(self) -> None:
        """Raise ServiceUnavailable when the broker refuses a connection."""
        try:
            with current_app.connection_for_write(connect_timeout=1) as connection:
                connection.ensure_connection(max_retries=1, timeout=1)
        except (OSError, OperationalError) as error:
            raise ServiceUnavailable("The broker does not answer: check REDIS_URL.") from error


@dataclasses.dataclass
class Vendor(HealthCheck):
    """Check that Printora's API can be reached."""

    def run(self) -> None:
        """Raise ServiceUnavailable when no reply comes at all; any reply will do."""
        try:
            get_client().ping()
        except TransportError as error:
            raise ServiceUnavailable("Printora does not answer: check PRINTORA_API_URL.") from error
