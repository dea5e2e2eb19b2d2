"""Settings of the sandbox, read from the environment and the project's ``.env``.

It shares only three values with the partner's site: the API key, the webhook secret and the
partner's address.
"""

from pathlib import Path

from django.core.management.utils import get_random_secret_key

from env_reader import Environment, read_env_file

BASE_DIR = Path(__file__).resolve().parent.parent
read_env_file(BASE_DIR / ".env")  # the real environment wins
env = Environment(BASE_DIR)

# --- this server -----------------------------------------------------------------------------
SANDBOX_PORT = env.port("SANDBOX_PORT", 8001)
SANDBOX_URL = env.origin("SANDBOX_URL", f"http://localhost:{SANDBOX_PORT}")

# --- the first partner ----------------------------------------------------------------------
PARTNER_API_KEY = env.text("PRINTORA_API_KEY", "sk_test_dreamcanvas_sandbox")
PARTNER_WEBHOOK_SECRETS = env.entries("PRINTORA_WEBHOOK_SECRET", ["whsec_dreamcanvas_sandbox"])
PARTNER_URL = env.origin("APP_URL", f"http://localhost:{env.port('PORT', 8000)}")
PARTNER_WEBHOOK_URL = env.url("SANDBOX_WEBHOOK_URL", f"{PARTNER_URL}/webhooks/printora/")

# --- the second partner, for tests of access rights ------------------------------------------
RIVAL_WEBHOOK_URL = env.url("SANDBOX_RIVAL_WEBHOOK_URL", "")  # empty: no webhooks

# --- behaviour ------------------------------------------------------------------------------
_YEAR = 365 * 24 * 60 * 60  # seconds
LINK_LIFETIME_SECONDS = env.integer("SANDBOX_LINK_LIFETIME", 15 * 60, minimum=0, maximum=_YEAR)
SESSION_LIFETIME_SECONDS = env.integer(
    "SANDBOX_SESSION_LIFETIME", 24 * 60 * 60, minimum=0, maximum=_YEAR
)
EDIT_LINK_LIFETIME_SECONDS = env.integer(
    "SANDBOX_EDIT_LINK_LIFETIME", 24 * 60 * 60, minimum=0, maximum=_YEAR
)
# 0 switches it off.
RATE_LIMIT_PER_MINUTE = env.integer("SANDBOX_RATE_LIMIT", 60, minimum=0, maximum=1_000_000)
TIME_SCALE = env.positive_number("SANDBOX_TIME_SCALE", 1.0)  # the retry schedule is divided by it

# --- Django ---------------------------------------------------------------------------------
DEBUG = False
# Nothing that it signs is needed after a restart: no login, no session, random CSRF cookies.
SECRET_KEY = get_random_secret_key()
ALLOWED_HOSTS = [
    *("localhost", "127.0.0.1", "[::1]"),
    *env.allowed_hosts("SANDBOX_URL", [SANDBOX_URL]),
]
CSRF_TRUSTED_ORIGINS = [SANDBOX_URL]
# Cookies ignore ports, so the site on :8000 would receive this one under the default name.
CSRF_COOKIE_NAME = "sandbox_csrf"
CSRF_FAILURE_VIEW = "printora_sandbox.error_views.csrf_failure"
ROOT_URLCONF = "printora_sandbox.urls"
WSGI_APPLICATION = "printora_sandbox.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "ninja",  # for its Swagger assets: the docs page needs no CDN
    "printora_sandbox.apps.SandboxConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "printora_sandbox.api.middleware.VendorApiMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = {"default": env.database("SANDBOX_DATABASE_URL", BASE_DIR / "var" / "sandbox.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        # A transaction takes the write lock at its start: two writers wait, and never deadlock.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True

# Partners' pictures come from anywhere on the web, and from loopback in development. Chromium
# applies form-action also to the redirect after a POST, which goes to the partner's pages.
LOOPBACK = ("http://localhost:*", "http://127.0.0.1:*")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "https:", *LOOPBACK],
        "form-action": ["'self'", "https:", *LOOPBACK],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "printora_sandbox.logs.MaskingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},  # a 404 is no failure of the server
        "printora_sandbox": {"level": "INFO"},
    },
}
