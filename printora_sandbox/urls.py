"""The URLs of the sandbox."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import RedirectView

from .api.api import api

handler400 = "printora_sandbox.error_views.bad_request"
handler404 = "printora_sandbox.error_views.page_not_found"
handler500 = "printora_sandbox.error_views.server_error"


def healthz(_request: HttpRequest) -> HttpResponse:
    """Confirm that the process responds."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("", RedirectView.as_view(pattern_name="console")),
    path("healthz", healthz, name="healthz"),
    path("api/", api.urls),
    path("en/", include("printora_sandbox.hosted.urls")),
    path("console/", include("printora_sandbox.console.urls")),
]
