"""Route every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from health_check.views import HealthCheckView

from dreamcanvas.not_found import nowhere


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive."""
    return HttpResponse("ok\n", content_type="text/plain")


class Readiness(HealthCheckView):
    """Answer 503 while something that we need does not answer: the process itself is well."""

    async def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Run the checks, and say how each went."""
        response: HttpResponse = await super().get(request, *args, **kwargs)
        if response.status_code == 500:
            response.status_code = 503
        return response


READY_CHECKS = [
    "health_check.checks.Database",
    "printora_integration.health.Broker",
    "printora_integration.health.Vendor",
]

urlpatterns = [
    path("", include("gallery.urls")),
    path("", include("orders.urls")),
    path("webhooks/", include("printora_integration.urls")),
    path("accounts/login/", auth.LoginView.as_view(), name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", Readiness.as_view(checks=READY_CHECKS), name="readyz"),
]
if settings.DEBUG:
    urlpatterns.append(re_path(r"^.*/$", nowhere))
