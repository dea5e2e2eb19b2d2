"""Show the site's own 404 in the demo too, where DEBUG would show Django's list of addresses."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found


class OwnNotFoundMiddleware:
    """Answer a view's Http404 as production does; in MIDDLEWARE only with DEBUG."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass everything on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the 404 page, or None for what is no 404."""
        return page_not_found(request, error) if isinstance(error, Http404) else None


def nowhere(_request: HttpRequest) -> HttpResponse:
    """Say that there is no such address: the last of all patterns, for paths that end in a slash.

    Those without one are left alone, or no slash would ever be appended.
    """
    raise Http404("There is no such address.")
