"""A project of a partner in one file: it runs the core's four journeys and prints what they gave.

Run in a folder that holds a copy of `printora_integration/` and `vendor_kit/`. The arguments are
the sandbox's URL and the top-level packages that may be imported, the standard library aside; with
none, every package may. With TRIGGER_URL in the environment it only sends a sample event there.
"""

import hashlib
import hmac
import json
import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from io import StringIO
from pathlib import Path

SANDBOX, *ALLOWED = sys.argv[1:]
SECRET = "whsec_of_the_core_test"


class PackageGuard(MetaPathFinder):
    """A finder that refuses every package that the core does not name."""

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Raise ImportError for a package that is not allowed; find nothing itself."""
        package = name.partition(".")[0]
        is_standard = package in sys.stdlib_module_names or package.startswith("_sysconfigdata")
        if not is_standard and package not in ALLOWED:
            raise ModuleNotFoundError(f"The core must not import {package}.", name=name)
        return None


if ALLOWED:
    sys.meta_path.insert(0, PackageGuard())

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import include, path  # noqa: E402

settings.configure(
    SECRET_KEY="of the core test",
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF=__name__,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path.cwd() / "db.sqlite3",
        }
    },
    INSTALLED_APPS=[
        *("django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes"),
        *("django.contrib.sessions", "django.contrib.messages", "printora_integration"),
    ],
    MIDDLEWARE=[
        "printora_integration.webhooks.middleware.WebhookMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "printora_integration.print_sessions.visitors.VisitorMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    STATIC_URL="/static/",
    PRINTORA_SITE_URL="http://localhost:8000",
    PRINTORA_API_URL=SANDBOX,
    PRINTORA_API_KEY="sk_test_dreamcanvas_sandbox",
    PRINTORA_WEBHOOK_SECRETS=[SECRET],
    PRINTORA_REDIRECT_HOSTS=[SANDBOX],
    PRINTORA_SUCCESS_URL_NAME="success",
    PRINTORA_FAILED_URL_NAME="failed",
)
django.setup()

from django.contrib import admin  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from printora_integration.client import PrintChoice  # noqa: E402
from printora_integration.print_sessions.start import start_print_session  # noqa: E402
from printora_integration.print_sessions.visitors import visitor_id  # noqa: E402


def print_picture(request: HttpRequest) -> HttpResponse:
    """Start a print, and answer with the address that the visitor would be sent to."""
    session = start_print_session(
        PrintChoice(image_url="http://localhost:8000/picture.jpg"),
        visitor=visitor_id(request),
        reference="picture-42",
        title="Picture 42",
        back_url="/pictures/42/",
    )
    return HttpResponse(f"{session.session_id} {session.redirect_url}")


def page(_request: HttpRequest) -> HttpResponse:
    """Stand for a page of the partner."""
    return HttpResponse("")


urlpatterns = [
    path("print/", print_picture),
    path("success/", page, name="success"),
    path("failed/", page, name="failed"),
    path("webhooks/", include("printora_integration.urls")),
    path("admin/", admin.site.urls),
]


def deliver(client: Client, session_id: str) -> object:
    """Deliver one signed webhook, and return the endpoint's answer."""
    payload = {
        "sessionId": session_id,
        "event": "order.paid",
        "timestamp": "2026-02-27T01:02:33.444Z",
        "data": {"orderId": "order-1", "totalAmount": 20.1},
    }
    body = json.dumps(payload).encode()
    signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    response = client.post(
        "/webhooks/printora/",
        body,
        content_type="application/json",
        headers={"x-printora-signature": signature},
    )
    return response.json()


def main() -> None:
    """Run the journeys, and print what they gave as JSON."""
    call_command("migrate", verbosity=0)
    if url := os.environ.get("TRIGGER_URL"):
        call_command("printora", "trigger", "order.paid", "--url", url, "--json")
        return
    call_command("check", fail_level="WARNING", stdout=StringIO())
    client = Client()
    session_id, redirect_url = client.post("/print/").content.decode().split()
    deliveries = [deliver(client, session_id) for _ in range(2)]
    client.force_login(User.objects.create_superuser("staff"))
    pages = ("printsession", "webhookevent", "refuseddelivery")
    urls = [f"/admin/printora_integration/{name}/" for name in pages]
    result = {
        "redirect_url": redirect_url,
        "deliveries": deliveries,
        "admin": [client.get(url).status_code for url in ["/admin/", *urls]],
        "status": client.get(urls[0]).content.decode().count("Ordered"),
    }
    print(json.dumps(result))  # noqa: T201


if __name__ == "__main__":
    main()
