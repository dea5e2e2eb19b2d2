"""Connect Celery to Django; the tasks are in the apps."""

import os

from celery import Celery

from dreamcanvas.broker import install_transports

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dreamcanvas.settings")

app = Celery("dreamcanvas")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
install_transports()
