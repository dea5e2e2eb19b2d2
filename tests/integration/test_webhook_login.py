"""Printora has no account with us: its endpoint stays open where every page needs a login."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.helpers import deliver, webhook

pytestmark = pytest.mark.one_database


@pytest.mark.django_db
def test_webhook_needs_no_login_where_every_page_does(vendor: Client, settings: Settings) -> None:
    locked = "django.contrib.auth.middleware.LoginRequiredMiddleware"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, locked]
    assert vendor.get("/my-prints/").status_code == 302
    assert deliver(vendor, webhook()).json() == {"received": True, "duplicate": False}
