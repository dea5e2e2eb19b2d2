"""Read every setting once, from the environment and `.env`; `.env.example` lists them all."""

import contextlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.contrib.messages import constants as messages
from django.core.exceptions import ImproperlyConfigured

from printora_integration.conf import is_placeholder

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
with contextlib.suppress(OSError):  # with PostgreSQL and Redis a read-only disk will do
    VAR_DIR.mkdir(exist_ok=True)

env = environ.Env()
env.read_env(BASE_DIR / ".env")  # the real environment wins

# Fail safe: a deployment that forgets DEBUG gets production's rules, and is told what it lacks.
DEBUG = env.bool("DEBUG", default=False)


def required(name: str, *, demo: str) -> str:
    """Return a setting that production must set, and that the demo has a value for.

    Raises ImproperlyConfigured, naming the setting, when DEBUG is off and the value is missing.
    """
    value: str = env.str(name, default="").strip()
    if not value and not DEBUG:
        raise _not_set(name)
    return value or demo


def secret(name: str, *, demo: str) -> str:
    """Return a required setting that nobody else may know; it may hold several, comma-separated.

    Raises ImproperlyConfigured also when DEBUG is off and any of them is the demo's, which
    everybody knows, or a placeholder.
    """
    value = required(name, demo=demo)
    parts = split(value)
    known = [part for part in parts if part == demo or is_placeholder(part)]
    if not DEBUG and (known or not parts):
        raise _not_set(name)
    return value


def split(value: str) -> list[str]:
    """Return the parts of a comma-separated setting."""
    return [part.strip() for part in value.split(",") if part.strip()]


def _not_set(name: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{name} is missing or a placeholder: set it in .env or in the environment "
        "(.env.example says where it comes from). To run the demo on your own machine, "
        "use `make demo`, or set DEBUG=True."
    )


PORT = env.int("PORT", default=8000)
SANDBOX_PORT = env.int("SANDBOX_PORT", default=8001)
APP_URL = required("APP_URL", demo=f"http://localhost:{PORT}").rstrip("/")
SECRET_KEY = secret("SECRET_KEY", demo="demo-key-for-this-machine-only-never-for-a-deployment-0000")

# --- Printora: everything that printora_integration reads -------------------------------------

_SANDBOX_ORIGINS = [f"http://{host}:{SANDBOX_PORT}" for host in ("localhost", "127.0.0.1")]

PRINTORA_SITE_URL = APP_URL
PRINTORA_API_URL = env.str(
    "PRINTORA_API_URL",
    default=_SANDBOX_ORIGINS[0] if DEBUG else "https://api.printora.ai",
)
PRINTORA_API_KEY = secret("PRINTORA_API_KEY", demo="sk_test_dreamcanvas_sandbox")
# Several while rotating, newest first.
PRINTORA_WEBHOOK_SECRETS = split(
    secret("PRINTORA_WEBHOOK_SECRET", demo="whsec_dreamcanvas_sandbox")
)
# A bare host allows https on it and on its subdomains; a whole origin allows just that origin.
PRINTORA_REDIRECT_HOSTS = [
    host.strip().lower().rstrip("/")
    for host in env.list(
        "PRINTORA_REDIRECT_HOSTS",
        default=["printora.ai", *(_SANDBOX_ORIGINS if DEBUG else [])],
    )
    if host.strip()
]
# What `manage.py forget` calls with the ids of the visitors it erased: orders and gallery do not
# know each other.
VISITOR_ERASERS = [
    "gallery.uploads.storage.erase_uploads",
    "gallery.engagement.counters.erase_engagement",
]
PRINTORA_SUCCESS_URL_NAME = "orders:callback_success"
PRINTORA_FAILED_URL_NAME = "orders:callback_failed"

# --- Django -------------------------------------------------------------------------------------

ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [urlsplit(APP_URL).hostname or ""],
)
INTERNAL_IPS = ["127.0.0.1"]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "health_check",
    "import_export",
    "printora_integration",
    "printora_integration.reconciliation",
    "gallery",
    "orders",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "printora_integration.webhooks.middleware.WebhookMiddleware",  # the rest is for pages
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages; static files are compressed beforehand
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "printora_integration.print_sessions.visitors.VisitorMiddleware",
    "axes.middleware.AxesMiddleware",
]
if DEBUG:
    MIDDLEWARE.append("dreamcanvas.not_found.OwnNotFoundMiddleware")

ROOT_URLCONF = "dreamcanvas.urls"
WSGI_APPLICATION = "dreamcanvas.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gallery.site.context_processors.theme",
            ],
        },
    },
]

DATABASES: dict[str, dict[str, Any]] = {
    # `or`: a line left empty in .env means the default too.
    "default": env.db_url_config(
        env.str("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'dreamcanvas.sqlite3'}"
    ),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers pass a writer. IMMEDIATE takes the write lock when a transaction begins, so
    # that two of them wait for each other instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL",
    }
else:
    DATABASES["default"] |= {
        "ENGINE": "dreamcanvas.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # What is asked often is parsed once a connection, and still planned for the values asked
        # for: a plan for any value knows no partial index, and reads what LIMIT should spare it.
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": 5,
            "options": "-c plan_cache_mode=force_custom_plan",
        }
        | DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "orders:dashboard"
LOGOUT_REDIRECT_URL = "gallery:index"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_VERBOSE = False  # its lines would carry usernames and addresses

# Messages are notices, and wear their colours.
MESSAGE_TAGS = {messages.SUCCESS: "ok", messages.WARNING: "warn", messages.ERROR: "bad"}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# What visitors upload; gallery.uploads serves it, so that no web server needs to know the folder.
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_HANDLERS = [
    "gallery.uploads.handlers.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Security -----------------------------------------------------------------------------------

_HTTPS = APP_URL.startswith("https://")
SECURE_SSL_REDIRECT = _HTTPS
SECURE_REDIRECT_EXEMPT = [r"^webhooks/printora/?$", r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "dreamcanvas_session"  # cookies ignore ports: the sandbox's must differ
CSRF_COOKIE_NAME = "dreamcanvas_csrf"
CSRF_TRUSTED_ORIGINS = [APP_URL]
X_FRAME_OPTIONS = "DENY"

# Chromium applies form-action to the redirect that follows a form too, so it must name the editor.
_EDITOR_ORIGINS = [
    origin
    for host in PRINTORA_REDIRECT_HOSTS
    for origin in ([host] if "://" in host else [f"https://{host}", f"https://*.{host}"])
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Merch is shown with the picture that its maker chose, wherever that is.
        "img-src": [
            SELF,
            "data:",
            "https:",
            *(each for each in _EDITOR_ORIGINS if each.startswith("http:")),
        ],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *_EDITOR_ORIGINS],
    }
}

# --- Mail ---------------------------------------------------------------------------------------

# Without it: files that any mail program opens in the demo, elsewhere the machine's own server.
_EMAIL_URL = env.str("EMAIL_URL", default="") or (
    f"filemail:///{VAR_DIR / 'mail'}" if DEBUG else "smtp://localhost:25"
)
_EMAIL = env.email_url_config(
    _EMAIL_URL,
    backend="orders.mail.folder.EmailBackend" if _EMAIL_URL.startswith("filemail:") else None,
)
EMAIL_BACKEND: str = _EMAIL["EMAIL_BACKEND"]
EMAIL_FILE_PATH: str | None = _EMAIL["EMAIL_FILE_PATH"] or None
EMAIL_HOST: str = _EMAIL["EMAIL_HOST"] or "localhost"
EMAIL_PORT: int = _EMAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER: str = _EMAIL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD: str = _EMAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS: bool = _EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL: bool = _EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10  # seconds for each step of a conversation
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default=f"DreamCanvas <orders@{urlsplit(APP_URL).hostname}>"
)

# --- Customers' data ----------------------------------------------------------------------------

# Days after which customers' data is taken out of orders, events and sessions; 0 keeps it for ever.
RETENTION_DAYS = env.int("RETENTION_DAYS", default=365)

# --- Background work ----------------------------------------------------------------------------

REDIS_URL = env.str("REDIS_URL", default="")
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# CELERY_WORKER_PREFETCH_MULTIPLIER stays 4: each acknowledgement that a hanging Redis swallows
# costs a worker one of the tasks that it may hold, and with 1 it would soon stand still for ever.
# Mails have a worker of their own: one that waits for Printora would keep them waiting too.
CELERY_TASK_ROUTES = {"orders.tasks.deliver_notifications": {"queue": "mails"}}
# Seconds that a mail is its sender's alone: when they are over, the time limit has ended whoever
# hangs, and the mail of one that died is sent again.
MAIL_LEASE = CELERY_TASK_TIME_LIMIT
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "expire-sessions": {
        "task": "printora_integration.tasks.expire_sessions",
        "schedule": crontab(minute="*"),
        "options": {"expires": 60},
    },
    # What waits longer than until the next one comes is dropped: without a worker nothing piles up.
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
    "expire-uploads": {
        "task": "gallery.tasks.expire_uploads",
        "schedule": crontab(minute="17"),
        "options": {"expires": 60 * 60},
    },
    "forget-interest": {
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
        "options": {"expires": 55},  # seconds: where workers are late, they do not pile up
    },
    "reconcile-orders": {
        "task": "printora_integration.tasks.reconcile_orders",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 540},
    },
}
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any]
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # A task that nobody acknowledged for so long is given to another worker: longer than the
        # time limit, so that none runs twice side by side, and no task has an ETA beyond it.
        "visibility_timeout": 2 * CELERY_TASK_TIME_LIMIT,
        # A Redis that hangs is an error after this, and then a new connection. Longer than the
        # second that a worker waits for the next task.
        "socket_timeout": 5,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
    }
else:
    _BROKER_DIR = VAR_DIR / "broker"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_BROKER_DIR / "queue"),
        "data_folder_out": str(_BROKER_DIR / "queue"),
        "control_folder": str(_BROKER_DIR / "control"),
    }
    for _folder in ("queue", "control"):
        (_BROKER_DIR / _folder).mkdir(parents=True, exist_ok=True)

# --- Logs ---------------------------------------------------------------------------------------
# Messages name outcomes, never keys, signatures, bodies or customers.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Both tell of every call at INFO, addresses and all.
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        # Without Django's own handler, which would say everything twice.
        "django": {"handlers": [], "level": "INFO"},
        "axes": {"level": "WARNING"},
        # A check that fails is in the reply of /readyz; its traceback tells nothing more.
        "health_check": {"level": "ERROR"},
        # Each tells of every run of a task that comes every five seconds.
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        # Refusals say so themselves; only failures are news.
        "django.request": {"level": "ERROR"},
    },
}
