"""A Django app whose receiver fails once for each event."""

import hashlib
import os
from pathlib import Path
from typing import Any

from django.apps import AppConfig


class FailsOnce(AppConfig):
    """The app; its receiver runs after all others, whose work must then be undone."""

    name = "tests.processes.fails_once"
    label = "fails_once"

    def ready(self) -> None:
        from printora_integration.signals import order_event

        order_event.connect(_fail_once)


def _fail_once(*, event: Any, **_signal: Any) -> None:
    """Fail for each event once in all processes of the site; a file records each failure."""
    name = hashlib.sha256(f"{event.session_id} {event.event}".encode()).hexdigest()
    try:
        (Path(os.environ["SITE_FOLDER"]) / f"{name}.failed").touch(exist_ok=False)
    except FileExistsError:
        return
    raise RuntimeError
