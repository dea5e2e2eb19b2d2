"""The catalog's pictures: each product in each colour, without a print."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from printora_sandbox.catalog import product_by_slug

# On our pages the style sheet sets these.
_STANDALONE = (
    (re.compile(r"<svg "), '<svg xmlns="http://www.w3.org/2000/svg" '),
    (
        re.compile(r'class="mockup__edge"'),
        'stroke="#000" stroke-opacity=".18" stroke-width="1.5"',
    ),
    (re.compile(r'class="mockup__floor"'), 'fill="#000" fill-opacity=".13"'),
)


@require_safe
def show(_request: HttpRequest, product: str, colour: str) -> HttpResponse:
    """Return the SVG of one product in one colour; other sites may embed it."""
    found = product_by_slug(product)
    code = next((c.code for c in found.colours if c.slug == colour), None) if found else None
    if found is None or code is None:
        raise Http404
    svg: str = render_to_string(found.mockup, {"code": code})
    for inline, standalone in _STANDALONE:
        svg = inline.sub(standalone, svg)
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
