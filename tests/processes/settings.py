"""Let a worker run beside a demo: nothing of `var/` shared, and beat in a hurry."""

import os
from pathlib import Path

from dreamcanvas.settings import *  # noqa: F403
from dreamcanvas.settings import CELERY_BEAT_SCHEDULE as SCHEDULE
from dreamcanvas.settings import REDIS_URL
from dreamcanvas.settings import STORAGES as STORES

# Nobody has collected static files.
STORAGES = STORES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
_FOLDER = Path(os.environ["SITE_FOLDER"])
CELERY_BEAT_SCHEDULE_FILENAME = str(_FOLDER / "celerybeat-schedule")
# Those that ask Printora keep their pace: where it does not answer, each takes over a second.
_HURRIED = ("expire-sessions", "deliver-notifications")
CELERY_BEAT_SCHEDULE = SCHEDULE | {name: SCHEDULE[name] | {"schedule": 1.0} for name in _HURRIED}
MAIL_LEASE = 3  # seconds: the mail of a sender that was killed goes out while the test looks
if not REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_FOLDER / "queue"),
        "data_folder_out": str(_FOLDER / "queue"),
        "control_folder": str(_FOLDER / "control"),
    }
    for _name in ("queue", "control"):
        (_FOLDER / _name).mkdir(exist_ok=True)
