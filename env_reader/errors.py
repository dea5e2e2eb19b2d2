"""A setting that is refused, and how a program ends because of it."""

import contextlib
import sys
from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import SystemCheckError


class SettingError(ImproperlyConfigured):
    """A refusal of a setting: one sentence that names it and never shows its value."""


@contextlib.contextmanager
def explain_refusals() -> Iterator[None]:
    """End the program with the message alone, without a traceback, when a setting is refused."""
    try:
        yield
    except (SettingError, SystemCheckError) as error:
        sys.exit(str(error))
