"""The serving process: the web application and the background worker."""

import os

# Not a default: the environment may name the settings module of the partner's site.
os.environ["DJANGO_SETTINGS_MODULE"] = "printora_sandbox.settings"

from django.core.wsgi import get_wsgi_application

from env_reader import explain_refusals

with explain_refusals():
    application = get_wsgi_application()

# This import needs the loaded apps.
from printora_sandbox.worker import Worker

Worker().start()
