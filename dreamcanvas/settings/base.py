"""The apps, the middleware, the templates, the language and the time."""

from django.contrib.messages import constants as messages

from .environment import BASE_DIR, DEBUG

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
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django_filters",
    "django_htmx",
    "health_check",
    "import_export",
    "printora_integration",
    "printora_integration.reconciliation",
    "accounts",
    "gallery",
    "orders",
    "dreamcanvas",
]

MIDDLEWARE = [
    "dreamcanvas.headers.HeadersMiddleware",  # for every response, whoever makes it
    "django.middleware.security.SecurityMiddleware",
    "printora_integration.webhooks.middleware.WebhookMiddleware",  # the rest is for pages
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages; static files are compressed beforehand
    "csp.middleware.CSPMiddleware",
    "dreamcanvas.probes.ProbeMiddleware",  # before CommonMiddleware, which refuses unknown hosts
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.StaffSessionMiddleware",  # after these, request.user may become anonymous
    "pages.masking.CustomerMaskingMiddleware",
    "printora_integration.print_sessions.visitors.VisitorMiddleware",
    "axes.middleware.AxesMiddleware",
]
if DEBUG:
    MIDDLEWARE.append("dreamcanvas.not_found.OwnNotFoundMiddleware")

ROOT_URLCONF = "dreamcanvas.urls"
WSGI_APPLICATION = "dreamcanvas.wsgi.application"
INTERNAL_IPS = ["127.0.0.1"]

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

# The classes and colours of the design's messages.
MESSAGE_TAGS = {messages.SUCCESS: "ok", messages.WARNING: "warn", messages.ERROR: "bad"}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True
