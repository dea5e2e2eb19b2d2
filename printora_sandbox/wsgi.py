"""The serving process: the web application and, beside it, the thread that sends webhooks."""

import os

# Set, not defaulted: the partner's site may have exported its own settings module.
os.environ["DJANGO_SETTINGS_MODULE"] = "printora_sandbox.settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# Needs the apps loaded.
from printora_sandbox.webhooks.engine import Engine  # noqa: E402

Engine().start()
