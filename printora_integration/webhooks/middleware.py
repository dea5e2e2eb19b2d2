"""A shortcut for webhooks past the middleware that pages need. Without it all works the same."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from .views import receive


class WebhookMiddleware:
    """Middleware that hands Printora's deliveries straight to the view.

    They have no session, no cookie and no form. Put it right behind SecurityMiddleware, whose
    headers belong to every response. Sessions, users, messages, CSRF and CSP took half of the time
    that a refused delivery takes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a delivery; pass everything else on."""
        if request.path not in self._paths:
            return self.get_response(request)
        # The two things that CommonMiddleware does for a delivery.
        request.get_host()  # raises when it is not one of ours
        response = receive(request)
        response.headers["Content-Length"] = str(len(response.content))
        return response

    @cached_property
    def _paths(self) -> frozenset[str]:
        path = reverse("printora:webhook")
        return frozenset({path, path.rstrip("/")})
