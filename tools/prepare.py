"""Migrate the site's database and hang the gallery, in one process: starting Django costs most."""

import io
import os

import django
from django.core.management import call_command

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dreamcanvas.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("seed", stdout=io.StringIO())
