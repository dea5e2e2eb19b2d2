"""Background work: the broker, the workers and the schedule of Celery."""

from typing import Any

from celery.schedules import crontab

from .base import TIME_ZONE
from .environment import VAR_DIR, env

# --- The broker ---------------------------------------------------------------------------------

REDIS_URL = env.redis("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker without end

# --- The workers --------------------------------------------------------------------------------

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# CELERY_WORKER_PREFETCH_MULTIPLIER stays 4: while Redis hangs, an acknowledgement can be lost, and
# the worker then counts its task as unfinished for ever. With 1 it would soon take no more tasks.

# Mails have a worker of their own, so that they do not wait behind a task that waits for Printora.
CELERY_TASK_ROUTES = {"orders.tasks.deliver_notifications": {"queue": "mails"}}
# Seconds for which a mail belongs to one sender. Within them the time limit ends a sender that
# hangs; after them the mail of a sender that died is sent again.
MAIL_LEASE = CELERY_TASK_TIME_LIMIT

CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any]
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # Seconds after which a task without an acknowledgement goes to another worker: longer than
        # the time limit, so that no task runs twice side by side. No task has an ETA beyond it.
        "visibility_timeout": 2 * CELERY_TASK_TIME_LIMIT,
        # Seconds after which a Redis that hangs is an error, and a new connection is opened:
        # longer than the one second for which a worker waits for the next task.
        "socket_timeout": 5,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
    }
else:
    _BROKER_DIR = VAR_DIR / "broker"  # made by dreamcanvas.broker when a connection opens
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_BROKER_DIR / "queue"),
        "data_folder_out": str(_BROKER_DIR / "queue"),
        "control_folder": str(_BROKER_DIR / "control"),
    }

# --- The schedule -------------------------------------------------------------------------------

CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
# A task that waits longer than until its next round expires (in seconds): where no worker runs, or
# all of them are late, nothing piles up.
CELERY_BEAT_SCHEDULE = {
    "expire-sessions": {
        "task": "printora_integration.tasks.expire_sessions",
        "schedule": crontab(minute="*"),
        "options": {"expires": 60},
    },
    "deliver-notifications": {
        "task": "orders.tasks.deliver_notifications",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "prune": {
        "task": "orders.tasks.prune",
        "schedule": crontab(hour="3", minute="30"),
        "options": {"expires": 60 * 60},
    },
    "prune-sign-ins": {
        "task": "accounts.tasks.prune",
        "schedule": crontab(hour="3", minute="50"),
        "options": {"expires": 60 * 60},
    },
    "expire-uploads": {
        "task": "gallery.tasks.expire_uploads",
        "schedule": crontab(minute="17"),
        "options": {"expires": 60 * 60},
    },
    "prune-engagement": {
        "task": "gallery.tasks.forget_interest",
        "schedule": crontab(hour="3", minute="40"),
        "options": {"expires": 60 * 60},
    },
    "refresh-limited": {
        "task": "gallery.tasks.refresh_limited",
        "schedule": crontab(minute="*"),
        "options": {"expires": 55},
    },
    "refresh-merch": {
        "task": "gallery.tasks.refresh_merch",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 240},
    },
    "refresh-sessions": {
        "task": "printora_integration.tasks.refresh_sessions",
        "schedule": crontab(minute="*"),
        "options": {"expires": 55},
    },
    "reconcile-orders": {
        "task": "printora_integration.tasks.reconcile_orders",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 540},
    },
}
