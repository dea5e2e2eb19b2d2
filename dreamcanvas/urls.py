"""Route every address of the site."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from health_check.views import HealthCheckView

from dreamcanvas.not_found import unknown_address


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive."""
    return HttpResponse("ok\n", content_type="text/plain")


class Readiness(HealthCheckView):
    """The readiness probe: 503 while a service that the site needs does not answer."""

    async def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Run the checks, and return the result of each."""
        response: HttpResponse = await super().get(request, *args, **kwargs)
        # A failed check means that another service is down; this process itself works.
        if response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR:
            response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        return response


READY_CHECKS = [
    "dreamcanvas.readiness.Deployment",
    "health_check.checks.Database",
    "dreamcanvas.readiness.Migrations",
    "printora_integration.health.Broker",
    "printora_integration.health.Vendor",
]

urlpatterns = [
    path("", include("gallery.urls")),
    path("", include("orders.urls")),
    path("webhooks/", include("printora_integration.urls")),
    path("accounts/", include("accounts.urls")),
    # The admin has no sign-in page of its own: one page takes passwords, with one set of rules.
    path(
        "admin/login/",
        RedirectView.as_view(pattern_name="login", query_string=True),
        name="admin_login",
    ),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", Readiness.as_view(checks=READY_CHECKS), name="readyz"),
]
if settings.DEBUG:
    urlpatterns.append(re_path(r"^.*/$", unknown_address))
