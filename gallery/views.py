"""Show the gallery and send a visitor to print."""

import logging
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gallery.apologies import apologise
from gallery.browsing import Browse
from gallery.interest import like, record, unlike
from gallery.models import Artwork, Interest
from gallery.pages import page_of
from gallery.themes import remember_theme
from printora_integration.client import PrintChoice
from printora_integration.exceptions import PrintoraError
from printora_integration.print_sessions.start import start_print_session
from printora_integration.print_sessions.visitors import visitor_id
from staff.access import next_url

logger = logging.getLogger(__name__)

SEE_OTHER = 303  # after a POST the browser gets the next page; 302 leaves the method open
_LOADS_BY_ITSELF = 2  # pages; then a button, so that the footer can be reached


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show one page of the wall; to htmx, only its tiles and the way to the next."""
    browse = Browse.of(request.GET)
    artworks = browse.apply(Artwork.objects.for_tiles(visitor_id(request)))
    page = page_of(artworks, request.GET.get("page", "1"))
    context = {
        "page": page,
        "browse": browse,
        "next_query": browse.page_query(page.next_number),
        "previous_query": browse.page_query(page.previous_number) or "?",
        "canonical_query": browse.page_query(page.number),
        "loads_by_itself": page.number <= _LOADS_BY_ITSELF,
    }
    return _render_part(request, "gallery/index.html", "gallery/_more.html", context)


@require_safe
def artwork(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one artwork with its job ticket; to htmx, only what goes into the dialog.

    Previous and next follow the search, the category and the order in the address.
    """
    # The visitor's cookie must be there before the first click on "Print on Product".
    picture = get_object_or_404(Artwork.objects.for_tiles(visitor_id(request)), slug=slug)
    browse = Browse.of(request.GET)
    wall = browse.apply(Artwork.objects.all())
    before, after = wall.around(picture, column=browse.sort.column)
    context = {
        "artwork": picture,
        # Annotated; most pictures are on no shelf, and need no query.
        "merch": picture.items_for_sale if getattr(picture, "has_merch", False) else [],
        "before": before,
        "after": after,
        "browse": browse,
    }
    return _render_part(request, "gallery/artwork.html", "gallery/_proof.html", context)


@require_POST
def like_artwork(request: HttpRequest, slug: str) -> HttpResponse:
    """Like an artwork (`liked=yes`) or no longer (`liked=no`); without either, the other way round.

    The button says which it wants, so a double click is one like. Answers htmx with the button's
    new state, and a browser without JavaScript with the way back to where it was.
    """
    visitor = visitor_id(request)
    picture = get_object_or_404(Artwork, slug=slug)
    toggled = "no" if picture.is_liked_by(visitor) else "yes"
    change = like if request.POST.get("liked", toggled) == "yes" else unlike
    change(picture, visitor=visitor)
    if not _asks_for_a_part(request):
        return HttpResponseRedirect(f"{_way_back(request)}#art-{slug}", status=SEE_OTHER)
    place = "ticket" if request.POST.get("place") == "ticket" else "tile"
    artworks = Artwork.objects.with_likes_of(visitor)
    context = {"artwork": artworks.get(pk=picture.pk), "place": place}
    return render(request, "gallery/_like.html", context)


@require_POST
def see_artwork(request: HttpRequest, slug: str) -> HttpResponse:
    """Count that a visitor looks at an artwork, once a day.

    The page's own script says so when the picture is in front of someone: reading an address
    stays without effects, and neither prefetching nor a crawler counts.
    """
    picture = get_object_or_404(Artwork, slug=slug)
    record(picture, Interest.Kind.VIEW, visitor=visitor_id(request))
    return HttpResponse(status=204)


@require_http_methods(["POST", "GET", "HEAD"])
def print_artwork(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a print session and send the visitor to Printora's editor.

    A second click, a reload or a retry finds the same session: one intent, one order.
    """
    picture = get_object_or_404(Artwork.objects.for_gallery(), slug=slug)
    if request.method != "POST":  # typed, or the theme switch on the page below coming back to it
        return redirect(picture)
    visitor = visitor_id(request)
    try:
        session = start_print_session(
            PrintChoice(image_url=picture.master_url),
            visitor=visitor,
            reference=picture.slug,
            title=picture.title,
            back_url=picture.get_absolute_url(),
        )
    except PrintoraError as error:
        logger.warning("No print session for %s: %s", picture.slug, type(error).__name__)
        back_url = picture.get_absolute_url()
        return apologise(request, error, title=picture.title, back_url=back_url, artwork=picture)
    record(picture, Interest.Kind.PRINT, visitor=visitor)
    return HttpResponseRedirect(session.redirect_url, status=SEE_OTHER)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme and go back to where the visitor was."""
    response = HttpResponseRedirect(_way_back(request), status=SEE_OTHER)
    remember_theme(response, request.POST.get("theme", ""))
    return response


def _way_back(request: HttpRequest) -> str:
    return next_url(request, reverse("gallery:index"))


def _render_part(
    request: HttpRequest, whole: str, part: str, context: Mapping[str, object]
) -> HttpResponse:
    """Render the whole page, or for htmx the part; caches are told that they differ."""
    response = render(request, part if _asks_for_a_part(request) else whole, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _asks_for_a_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
