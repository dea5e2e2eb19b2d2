"""Settings for workers that run beside a demo: nothing in `var/` is shared, and beat is faster."""

import os
from pathlib import Path

from dreamcanvas.settings import *  # noqa: F403
from dreamcanvas.settings import CELERY_BEAT_SCHEDULE as SCHEDULE
from dreamcanvas.settings import REDIS_URL
from dreamcanvas.settings import STORAGES as STORES

# Static files are not collected.
STORAGES = STORES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
_FOLDER = Path(os.environ["SITE_FOLDER"])
MEDIA_ROOT = _FOLDER / "media"
# Tasks that call Printora stay as slow as they are: without an answer each takes over a second.
_FAST = (
    "printora_integration.tasks.expire_sessions",
    "orders.tasks.deliver_notifications",
)
CELERY_BEAT_SCHEDULE = SCHEDULE | {name: SCHEDULE[name] | {"schedule": 1} for name in _FAST}
MAIL_LEASE = 3  # seconds: the mail of a killed sender is sent again while the test waits
if not REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(_FOLDER / "queue")}
