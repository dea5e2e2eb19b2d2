"""The guide: the integration on one page, with the code that runs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show the guide: the three flows, the webhooks, and how to try it all."""
    return render(request, "gallery/guide/guide.html")
