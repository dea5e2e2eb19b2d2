"""Answer a print that could not be started: plain words, and a retry that cannot order twice."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gallery.failures import explain
from gallery.models import Artwork
from printora_integration.exceptions import PrintoraError


def apologise(
    request: HttpRequest,
    error: PrintoraError,
    *,
    title: str,
    back_url: str,
    image_url: str = "",
    artwork: Artwork | None = None,
    choice: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return the page for a failed print; its button posts the same request again.

    It shows the `artwork`, else the picture at `image_url`. `choice` is what the visitor had
    chosen, and goes with the retry.
    """
    failure = explain(error)
    context = {
        "failure": failure,
        "title": title,
        "image_url": image_url,
        "artwork": artwork,
        "back_url": back_url,
        "choice": choice or {},
    }
    response = render(request, "gallery/print_failed.html", context, status=failure.status)
    if failure.retry_after is not None:
        response["Retry-After"] = str(failure.retry_after)
    return response
