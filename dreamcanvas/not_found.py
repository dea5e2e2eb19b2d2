"""Show the site's own 404 page in the demo too; with DEBUG, Django would list all addresses."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found


class OwnNotFoundMiddleware:
    """A middleware that answers Http404 as production does; in MIDDLEWARE only with DEBUG."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on unchanged."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the 404 page for an Http404, and None for any other error."""
        return page_not_found(request, error) if isinstance(error, Http404) else None


def unknown_address(_request: HttpRequest) -> HttpResponse:
    """Raise Http404: the view of the last pattern, which matches every path with a final slash.

    A path without a final slash must match no pattern, or Django would never append the slash.
    """
    raise Http404("There is no such address.")
