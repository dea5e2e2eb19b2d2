"""Pages that htmx asks for in parts."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class HtmxHttpRequest(HttpRequest):
    """A request after HtmxMiddleware, for type checkers."""

    htmx: HtmxDetails


def render_page_or_part(
    request: HtmxHttpRequest, page: str, part: str, context: Mapping[str, object]
) -> HttpResponse:
    """Render the template of the page, or for htmx that of the part; caches keep them apart."""
    response = render(request, part if request.htmx else page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
