"""Answer the probes of a load balancer or of Kubernetes, which call a pod by its address."""

from collections.abc import Callable

from asgiref.sync import async_to_sync, iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import resolve

PROBES = frozenset({"/healthz", "/readyz"})


class ProbeMiddleware:
    """Middleware that answers the probes whatever host the request names.

    Put it before every middleware that calls `request.get_host()`: this raises for a host that is
    not in ALLOWED_HOSTS.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a probe; pass everything else on."""
        if request.path_info not in PROBES:
            return self.get_response(request)
        view = resolve(request.path_info).func
        response: HttpResponse = (
            async_to_sync(view)(request) if iscoroutinefunction(view) else view(request)
        )
        if isinstance(response, SimpleTemplateResponse):
            response.render()
        return response
