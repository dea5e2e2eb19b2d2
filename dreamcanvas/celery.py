"""Connect Celery to Django; the tasks are in the apps."""

import os
from importlib import import_module

from celery import Celery

from dreamcanvas.broker import install_transports
from env_reader import explain_refusals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dreamcanvas.settings")
with explain_refusals():
    import_module(os.environ["DJANGO_SETTINGS_MODULE"])  # Celery reads them later

app = Celery("dreamcanvas")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
install_transports()
