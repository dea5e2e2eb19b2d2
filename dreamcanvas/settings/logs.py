"""What is logged; messages name outcomes, never keys, signatures, bodies or customers."""

from .environment import env

DEFAULT_EXCEPTION_REPORTER_FILTER = "dreamcanvas.error_reports.SecretFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "dreamcanvas.logs.LineFormatter",
            "format": "{asctime} {levelname:<7} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.log_level("LOG_LEVEL", "INFO")},
    "loggers": {
        # At INFO both log every call with its whole address.
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        # Without Django's own handler, which would log everything twice.
        "django": {"handlers": [], "level": "INFO"},
        "axes": {"level": "ERROR"},  # accounts logs each sign-in in one line
        # The response of /readyz names the check that failed; a traceback would add nothing.
        "health_check": {"level": "ERROR"},
        # At INFO each logs every run of a task that comes every five seconds.
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        # A refused request is logged where it is refused; here only failures count.
        "django.request": {"level": "ERROR"},
    },
}
