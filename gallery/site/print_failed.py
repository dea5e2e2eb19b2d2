"""The page for a print that could not be started: what went wrong, and a retry that is safe."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gallery.models import Artwork
from printora_integration.exceptions import PrintoraError

logger = logging.getLogger(__name__)


def print_failed_response(
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

    The page shows the `artwork`, or else the picture at `image_url`. `choice` holds the form's
    values that the visitor chose; the retry sends them again.
    """
    # The view, not the path: an upload's path is known to its visitor only.
    view = request.resolver_match.view_name if request.resolver_match else "unknown view"
    logger.warning("No print session in %s: %s", view, type(error).__name__)
    context = {
        "error": error,
        "title": title,
        "image_url": image_url,
        "artwork": artwork,
        "back_url": back_url,
        "choice": choice or {},
    }
    response = render(request, "gallery/print_failed.html", context, status=error_status(error))
    seconds = getattr(error, "retry_after", None)
    if error.is_temporary and seconds is not None:
        response["Retry-After"] = str(max(1, ceil(seconds)))
    return response


def error_status(error: PrintoraError) -> HTTPStatus:
    """Return the status of a page that shows this error."""
    return HTTPStatus.SERVICE_UNAVAILABLE if error.is_temporary else HTTPStatus.BAD_GATEWAY
