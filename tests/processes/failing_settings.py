"""Add a receiver that fails once for each event."""

from tests.processes.settings import *  # noqa: F403
from tests.processes.settings import INSTALLED_APPS as APPS

INSTALLED_APPS = [*APPS, "tests.processes.fails_once.FailsOnce"]
