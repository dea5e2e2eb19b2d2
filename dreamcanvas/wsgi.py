"""Serve DreamCanvas over WSGI."""

import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from env_reader import explain_refusals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dreamcanvas.settings")

with explain_refusals():
    application = get_wsgi_application()
    # Unlike `manage.py`, a server runs no checks by itself; a wrong setting must stop it too.
    call_command("check")
