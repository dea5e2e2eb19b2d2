"""Background work: the broker, the workers and the schedule of Celery."""

from typing import Any

from .base import TIME_ZONE
from .environment import VAR_DIR, env

# --- The broker ---------------------------------------------------------------------------------

REDIS_URL = env.redis("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker without end
CELERY_BROKER_CHANNEL_ERROR_RETRY = True  # and for a broker that answers with errors

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
    # A folder that dreamcanvas.broker makes when a connection opens.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(VAR_DIR / "broker" / "queue")}

# --- The schedule -------------------------------------------------------------------------------

CELERY_TIMEZONE = TIME_ZONE
# Every task runs soon after beat starts, and then after so many seconds. See docs/adr/0014.
CELERY_BEAT_SCHEDULER = "dreamcanvas.beat:IntervalScheduler"
_MINUTE, _DAY = 60, 24 * 60 * 60
_INTERVALS = {
    "orders.tasks.deliver_notifications": 5,
    "printora_integration.tasks.expire_sessions": _MINUTE,
    "printora_integration.tasks.refresh_sessions": _MINUTE,
    "gallery.tasks.refresh_limited": _MINUTE,
    "gallery.tasks.refresh_merch": 5 * _MINUTE,
    "printora_integration.tasks.reconcile_orders": 10 * _MINUTE,
    "gallery.tasks.expire_uploads": 60 * _MINUTE,
    "orders.tasks.prune": _DAY,
    "accounts.tasks.prune_sign_ins": _DAY,
    "gallery.tasks.forget_interest": _DAY,
}
CELERY_BEAT_SCHEDULE = {
    task: {"task": task, "schedule": seconds} for task, seconds in _INTERVALS.items()
}
