"""Answer a print that could not be started: plain words, and a retry that cannot order twice."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gallery.failures import explain
from printora_integration.exceptions import PrintoraError


def apologise(
    request: HttpRequest,
    error: PrintoraError,
    *,
    title: str,
    image_url: str,
    back_url: str,
    choice: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return the page for a failed print; its button posts the same request again.

    `choice` is what the visitor had chosen, and goes with the retry.
    """
    failure = explain(error)
    context = {
        "failure": failure,
        "title": title,
        "image_url": image_url,
        "back_url": back_url,
        "choice": choice or {},
    }
    response = render(request, "gallery/print_stopped.html", context, status=failure.status)
    if failure.retry_after is not None:
        response["Retry-After"] = str(failure.retry_after)
    return response
