"""Show the gallery and its artworks, and send a visitor to print one."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from gallery.engagement.counters import record
from gallery.models import Artwork, Engagement
from gallery.site.print_failed import print_failed_response
from pages.htmx import HtmxHttpRequest, render_page_or_part
from printora_integration.client import PrintChoice
from printora_integration.exceptions import PrintoraError
from printora_integration.print_sessions.start import start_print_session
from printora_integration.print_sessions.visitors import visitor_id

from .browsing import Browse
from .paging import get_page

_AUTOLOADED_PAGES = 2  # then a button, so that the visitor can reach the footer


@require_safe
def index(request: HtmxHttpRequest) -> HttpResponse:
    """Show one page of the gallery; htmx gets only its tiles and the link to the next page."""
    browse = Browse.from_query(request.GET)
    artworks = browse.apply(Artwork.objects.for_tiles(visitor_id(request)))
    page = get_page(artworks, request.GET.get("page", "1"))
    context = {
        "page": page,
        "browse": browse,
        "next_query": browse.page_query(page.next_number),
        "previous_query": browse.page_query(page.previous_number) or "?",
        "canonical_query": browse.page_query(page.number),
        "is_autoloading": page.number <= _AUTOLOADED_PAGES,
    }
    return render_page_or_part(
        request, "gallery/artworks/index.html", "gallery/artworks/_next_page.html", context
    )


@require_safe
def artwork(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Show one artwork with its details; htmx gets only the content of the dialog.

    Previous and next follow the search, the category and the order in the address.
    """
    # The visitor's cookie must be there before the first click on "Print on Product".
    picture = get_object_or_404(Artwork.objects.for_tiles(visitor_id(request)), slug=slug)
    browse = Browse.from_query(request.GET)
    found = browse.apply(Artwork.objects.all())
    before, after = found.neighbours_of(picture, column=browse.sort.column)
    context = {
        "artwork": picture,
        # `has_merch` is annotated; most pictures have no merch and need no query.
        "merch": picture.merch_for_sale if getattr(picture, "has_merch", False) else [],
        "before": before,
        "after": after,
        "browse": browse,
    }
    return render_page_or_part(
        request, "gallery/artworks/artwork.html", "gallery/artworks/_detail.html", context
    )


@require_http_methods(["POST", "GET", "HEAD"])
def print_artwork(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a print session and send the visitor to Printora's editor.

    A second click, a reload or a retry finds the same session: one intent, one order.
    """
    picture = get_object_or_404(Artwork.objects.for_gallery(), slug=slug)
    if request.method != "POST":  # typed, or sent back here by the theme switch of the failed page
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
        back_url = picture.get_absolute_url()
        return print_failed_response(
            request, error, title=picture.title, back_url=back_url, artwork=picture
        )
    record(picture, Engagement.Kind.PRINT, visitor=visitor)
    return HttpResponseRedirect(session.redirect_url, status=HTTPStatus.SEE_OTHER)
