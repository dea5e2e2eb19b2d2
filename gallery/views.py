"""Show the gallery and send a visitor to print."""

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gallery.failures import explain
from gallery.models import Artwork
from gallery.pages import page_of
from gallery.themes import remember_theme
from printora_integration.exceptions import PrintoraError
from printora_integration.sessions import start_print_session
from printora_integration.visitors import visitor_id

logger = logging.getLogger(__name__)

SEE_OTHER = 303  # after a POST the browser gets the next page; 302 leaves the method open


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show one page of the wall, newest first."""
    page = page_of(Artwork.objects.for_gallery(), request.GET.get("page", "1"))
    return render(request, "gallery/index.html", {"page": page})


@require_safe
def artwork(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one artwork with its job ticket."""
    picture = get_object_or_404(Artwork.objects.for_gallery(), slug=slug)
    visitor_id(request)  # the cookie must be there before the first click on "Print on Product"
    before, after = Artwork.objects.all().around(picture)
    context = {"artwork": picture, "before": before, "after": after}
    return render(request, "gallery/artwork.html", context)


@require_http_methods(["POST", "GET", "HEAD"])
def print_artwork(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a print session and send the visitor to Printora's editor.

    A second click, a reload or a retry finds the same session: one intent, one order.
    """
    picture = get_object_or_404(Artwork.objects.for_gallery(), slug=slug)
    if request.method != "POST":  # typed, or the theme switch on the page below coming back to it
        return redirect(picture)
    try:
        session = start_print_session(
            visitor=visitor_id(request),
            image_url=picture.master_url,
            reference=picture.slug,
            title=picture.title,
            back_url=picture.get_absolute_url(),
        )
    except PrintoraError as error:
        logger.warning("No print session for %s: %s", picture.slug, type(error).__name__)
        return _apologise(request, picture, error)
    return HttpResponseRedirect(session.redirect_url, status=SEE_OTHER)


def _apologise(request: HttpRequest, picture: Artwork, error: PrintoraError) -> HttpResponse:
    failure = explain(error)
    context = {"artwork": picture, "failure": failure}
    response = render(request, "gallery/print_failed.html", context, status=failure.status)
    if failure.retry_after is not None:
        response["Retry-After"] = str(failure.retry_after)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme and go back to where the visitor was."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = reverse("gallery:index")
    response = HttpResponseRedirect(target, status=SEE_OTHER)
    remember_theme(response, request.POST.get("theme", ""))
    return response
