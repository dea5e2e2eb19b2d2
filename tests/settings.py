"""The settings of the suite: those of the demo, whatever the developer's own `.env` has."""

import os

# Before the settings are read: the real environment wins over `.env`.
os.environ |= {
    "DEBUG": "True",
    "APP_URL": "http://localhost:8000",
    "PRINTORA_API_URL": "http://localhost:8001",
    "PRINTORA_API_KEY": "sk_test_dreamcanvas_sandbox",
    "PRINTORA_WEBHOOK_SECRET": "whsec_dreamcanvas_sandbox",
    "PRINTORA_REDIRECT_HOSTS": "printora.ai,http://localhost:8001",
    "REDIS_URL": "",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
}

from dreamcanvas.settings import *  # noqa: F403

DEBUG = False  # as pytest-django would set it; TEMPLATES and STORAGES keep the demo's
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast logins
WHITENOISE_AUTOREFRESH = True
