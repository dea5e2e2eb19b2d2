"""APIModel Celery to Django; the tasks live in the apps."""

import os

from celery import Celery

from dreamcanvas.broker import outlive_redis

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dreamcanvas.settings")

app = Celery("dreamcanvas")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
outlive_redis()
