"""Route every address of the site."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from health_check.views import HealthCheckView


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive."""
    return HttpResponse("ok\n", content_type="text/plain")


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
    path("readyz", HealthCheckView.as_view(checks=READY_CHECKS), name="readyz"),
]
